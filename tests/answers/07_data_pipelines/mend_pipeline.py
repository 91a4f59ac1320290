"""Exercise `mend_pipeline`: what students hand in."""

# %% right: read, cache, shuffle, augment, batch, prefetch
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().shuffle(1000).map(augment).batch(batch_size).prefetch(2)

# %% right: augment before the shuffle, several at a time
def mend_pipeline(photographs, augment, batch_size):
    dataset = photographs.cache()
    dataset = dataset.map(augment, num_parallel_calls=tf.data.AUTOTUNE)
    dataset = dataset.shuffle(500, seed=1)
    return dataset.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% right: in a notebook that has set a seed, augmented before the shuffle
def mend_pipeline(photographs, augment, batch_size):
    tf.random.set_seed(1)
    return photographs.cache().map(augment).shuffle(1000).batch(batch_size).prefetch(2)

# %% right: parallel map after the shuffle, prefetch of one
def mend_pipeline(photographs, augment, batch_size):
    dataset = photographs.cache()
    dataset = dataset.shuffle(buffer_size=1000, reshuffle_each_iteration=True)
    dataset = dataset.map(augment, num_parallel_calls=2)
    dataset = dataset.batch(batch_size, drop_remainder=False)
    dataset = dataset.prefetch(1)
    return dataset

# %% wrong [augmented before the cache]: prefetch alone added
def mend_pipeline(photographs, augment, batch_size):
    return photographs.map(augment).cache().shuffle(1000).batch(batch_size).prefetch(2)

# %% repair: .map(augment).cache() → .cache().map(augment)

# %% wrong [augmented before the cache]: as it was, with prefetch
def mend_pipeline(photographs, augment, batch_size):
    dataset = photographs.map(augment).batch(batch_size).cache().shuffle(1000)
    return dataset.prefetch(2)

# %% repair: .map(augment).batch(batch_size).cache() → .batch(batch_size).cache().map(augment)

# %% repair: .batch(batch_size).cache().map(augment) → .cache().map(augment).batch(batch_size)

# %% repair: .batch(batch_size).shuffle(1000) → .shuffle(1000).batch(batch_size)

# %% wrong [the same order in every epoch]: shuffled before the cache
def mend_pipeline(photographs, augment, batch_size):
    return photographs.shuffle(1000).cache().map(augment).batch(batch_size).prefetch(2)

# %% repair: .shuffle(1000).cache() → .cache().shuffle(1000)

# %% wrong [whole batches shuffled]: whole batches shuffled
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().map(augment).batch(batch_size).shuffle(1000).prefetch(2)

# %% repair: .batch(batch_size).shuffle(1000) → .shuffle(1000).batch(batch_size)

# %% wrong [the same order in every epoch]: the same shuffle every time
def mend_pipeline(photographs, augment, batch_size):
    dataset = photographs.cache().shuffle(1000, reshuffle_each_iteration=False)
    return dataset.map(augment).batch(batch_size).prefetch(2)

# %% repair: , reshuffle_each_iteration=False →

# %% wrong [whole batch changed alike]: batched first
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().shuffle(1000).batch(batch_size).map(augment).prefetch(2)

# %% repair: .batch(batch_size).map(augment) → .map(augment).batch(batch_size)

# %% wrong [no shuffle]: the shuffle lost
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().map(augment).batch(batch_size).prefetch(2)

# %% repair: .cache() → .cache().shuffle(1000)

# %% wrong [files read again]: no cache
def mend_pipeline(photographs, augment, batch_size):
    return photographs.shuffle(1000).map(augment).batch(batch_size).prefetch(2)

# %% repair: photographs.shuffle → photographs.cache().shuffle

# %% wrong [nothing prepared ahead]: no prefetch
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().shuffle(1000).map(augment).batch(batch_size)

# %% repair: .batch(batch_size) → .batch(batch_size).prefetch(2)

# %% wrong [not batched]: batch lost
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().shuffle(1000).map(augment).prefetch(2)

# %% repair: .map(augment) → .map(augment).batch(batch_size)

# %% wrong [last batch dropped]: last batch dropped
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().shuffle(1000).map(augment).batch(batch_size, drop_remainder=True).prefetch(2)

# %% repair: , drop_remainder=True →

# %% right: with settings
def mend_pipeline(photographs, augment, batch_size):
    options = tf.data.Options()
    options.deterministic = False
    dataset = photographs.cache().shuffle(1000).map(augment).batch(batch_size).prefetch(2)
    return dataset.with_options(options)

# %% wrong [batches in batches]: batched twice
def mend_pipeline(photographs, augment, batch_size):
    dataset = photographs.cache().shuffle(1000).map(augment).batch(batch_size)
    return dataset.batch(batch_size).prefetch(2)

# %% repair: dataset.batch(batch_size).prefetch → dataset.prefetch

# %% wrong [too many batches]: repeated
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().shuffle(1000).repeat().map(augment).batch(batch_size).prefetch(2)

# %% repair: .repeat() →

# %% wrong [wrong batch sizes]: some photographs only
def mend_pipeline(photographs, augment, batch_size):
    return photographs.take(5).cache().shuffle(1000).map(augment).batch(batch_size).prefetch(2)

# %% repair: .take(5) →

# %% wrong [never augmented]: the map lost
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().shuffle(1000).batch(batch_size).prefetch(2)

# %% repair: .shuffle(1000) → .shuffle(1000).map(augment)

# %% wrong [augmented twice]: the old line kept
def mend_pipeline(photographs, augment, batch_size):
    dataset = photographs.map(augment).cache().shuffle(1000)
    return dataset.map(augment).batch(batch_size).prefetch(2)

# %% repair: dataset.map(augment).batch → dataset.batch

# %% repair: .map(augment).cache() → .cache().map(augment)

# %% wrong [nothing in the buffer]: prefetch of nothing
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().shuffle(1000).map(augment).batch(batch_size).prefetch(0)

# %% repair: prefetch(0) → prefetch(2)

# %% wrong [returns None]: return forgotten
def mend_pipeline(photographs, augment, batch_size):
    dataset = photographs.cache().shuffle(1000).map(augment).batch(batch_size).prefetch(2)

# %% repair: dataset = → return

# %% wrong [a batch of batches]: batched twice, whole ones alone
def mend_pipeline(photographs, augment, batch_size):
    dataset = photographs.cache().shuffle(1000).map(augment).batch(batch_size, drop_remainder=True)
    return dataset.batch(batch_size).prefetch(2)

# %% repair: dataset.batch(batch_size).prefetch → dataset.prefetch

# %% repair: , drop_remainder=True →

# %% wrong [a small buffer]: a shuffle of two
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().shuffle(2).map(augment).batch(batch_size).prefetch(2)

# %% repair: shuffle(2) → shuffle(1000)

# %% wrong [a small buffer]: a buffer of one batch
def mend_pipeline(photographs, augment, batch_size):
    return photographs.cache().shuffle(batch_size).map(augment).batch(batch_size).prefetch(2)

# %% repair: shuffle(batch_size) → shuffle(1000)
