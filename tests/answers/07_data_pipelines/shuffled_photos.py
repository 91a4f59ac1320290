"""Exercise `shuffled_photos`: what students hand in."""

# %% right: an array of positions
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% right: a new permutation, also before the first epoch
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.on_epoch_end()

    def __len__(self):
        return int(np.ceil(len(self.x) / self.batch_size))

    def __getitem__(self, i):
        start = i * self.batch_size
        part = self.order[start : start + self.batch_size]
        return np.take(self.x, part, axis=0), np.take(self.y, part, axis=0)

    def on_epoch_end(self):
        self.order = self.rng.permutation(len(self.x))

# %% right: loops
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return len(range(0, len(self.x), self.batch_size))

    def __getitem__(self, i):
        last = min((i + 1) * self.batch_size, len(self.x))
        chosen = [self.order[k] for k in range(i * self.batch_size, last)]
        return np.array([self.x[k] for k in chosen]), np.array([self.y[k] for k in chosen])

    def on_epoch_end(self):
        self.order = self.rng.choice(len(self.x), len(self.x), replace=False)

# %% wrong [last batch lost]: rounded down
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return len(self.x) // self.batch_size

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% repair: len(self.x) // self.batch_size → -(-len(self.x) // self.batch_size)

# %% wrong [length too large]: len of x
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% repair: return len(self.x) → return len(self.x) // self.batch_size

# %% repair: len(self.x) // self.batch_size → -(-len(self.x) // self.batch_size)

# %% wrong [not a whole number]: a fraction
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return len(self.x) / self.batch_size

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% repair: len(self.x) / self.batch_size → int(np.ceil(len(self.x) / self.batch_size))

# %% wrong [shuffled within the epoch]: in __getitem__
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        self.rng.shuffle(self.order)
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        pass

# %% repair: moved to the other method
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% wrong [labels not shuffled along]: y in the old order
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = slice(i * self.batch_size, (i + 1) * self.batch_size)
        return self.x[self.order[part]], self.y[part]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% repair: self.y[part] → self.y[self.order[part]]

# %% wrong [x or y changed]: the student's own array changed
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = slice(i * self.batch_size, (i + 1) * self.batch_size)
        return self.x[part].copy(), self.y[part].copy()

    def on_epoch_end(self):
        self.rng.shuffle(self.x)

# %% repair: self.rng.shuffle(self.x) → self.rng.shuffle(self.order)

# %% repair: slice(i * self.batch_size, (i + 1) * self.batch_size) → self.order[i * self.batch_size : (i + 1) * self.batch_size]

# %% wrong [drawn with repetition]: choice
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.order = self.rng.integers(0, len(self.x), len(self.x))

# %% repair: self.rng.integers(0, len(self.x), len(self.x)) → self.rng.permutation(len(self.x))

# %% wrong [never shuffled]: nothing done
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.rng.permutation(self.order)

# %% repair: self.rng.permutation → self.order = self.rng.permutation

# %% wrong [an order comes again]: a generator made anew
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.order = np.random.default_rng(1).permutation(len(self.x))

# %% repair: np.random.default_rng(1) → self.rng

# %% wrong [an order comes again]: turned round
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.order = self.order[::-1]

# %% repair: self.order[::-1] → self.rng.permutation(self.order)

# %% wrong [no pair]: return forgotten
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        self.x[part], self.y[part]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% repair: self.x[part], self.y[part] → return self.x[part], self.y[part]

# %% wrong [wrong slice]: a step too far
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size - 1]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% repair: self.batch_size - 1] → self.batch_size]

# %% wrong [x or y changed]: both, with one permutation
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = slice(i * self.batch_size, (i + 1) * self.batch_size)
        return self.x[part].copy(), self.y[part].copy()

    def on_epoch_end(self):
        order = self.rng.permutation(len(self.x))
        self.x[:], self.y[:] = self.x[order], self.y[order]

# %% repair: self.x[:], self.y[:] = self.x[order], self.y[order] → self.order = order

# %% repair: slice(i * self.batch_size, (i + 1) * self.batch_size) → self.order[i * self.batch_size : (i + 1) * self.batch_size]

# %% wrong [labels first]: the wrong way round
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.y[part], self.x[part]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% repair: self.y[part], self.x[part] → self.x[part], self.y[part]

# %% wrong [shape lost]: take without an axis
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return np.take(self.x, part), np.take(self.y, part)

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% repair: np.take(self.x, part), np.take(self.y, part) → np.take(self.x, part, axis=0), np.take(self.y, part, axis=0)

# %% wrong [no length]: return forgotten in len
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% repair: -(-len(self.x) → return -(-len(self.x)

# %% wrong [wrong slice]: the start forgotten
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.rng.shuffle(self.order)

# %% repair: self.order[i : → self.order[i * self.batch_size :

# %% wrong [the same neighbours]: turned on
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.order = np.roll(self.order, 1)

# %% repair: np.roll(self.order, 1) → self.rng.permutation(self.order)

# %% wrong [the same neighbours]: whole batches moved
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        starts = self.rng.permutation(range(0, len(self.x), self.batch_size))
        self.order = np.concatenate([np.arange(len(self.x))[s : s + self.batch_size] for s in starts])

# %% repair: moved one by one
class ShuffledPhotos(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = self.order[i * self.batch_size : (i + 1) * self.batch_size]
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        self.order = self.rng.permutation(len(self.x))
