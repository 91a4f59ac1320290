"""Exercise `class_map`: what students hand in."""

# %% right: matrix product
def class_map(feature_map, weights):
    return feature_map @ weights

# %% right: Einstein sum
def class_map(feature_map, weights):
    return np.einsum("hwc,c->hw", feature_map, weights)

# %% right: weighted, then summed
def class_map(feature_map, weights):
    return (feature_map * weights).sum(axis=-1)

# %% right: loops
def class_map(feature_map, weights):
    h, w, c = feature_map.shape
    heat = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            for k in range(c):
                heat[i, j] += feature_map[i, j, k] * weights[k]
    return heat

# %% wrong [no weights]: the sum of the channels
def class_map(feature_map, weights):
    return feature_map.sum(axis=-1)

# %% repair: feature_map.sum → (feature_map * weights).sum

# %% wrong [mean over the channels]: mean in place of sum
def class_map(feature_map, weights):
    return np.mean(feature_map * weights, axis=2)

# %% repair: np.mean → np.sum

# %% wrong [one number]: the logit
def class_map(feature_map, weights):
    return feature_map.mean(axis=(0, 1)) @ weights

# %% repair: feature_map.mean(axis=(0, 1)) @ weights → (feature_map * weights).sum(axis=-1)

# %% wrong [not summed]: one map a channel
def class_map(feature_map, weights):
    return feature_map * weights

# %% repair: return feature_map * weights → return (feature_map * weights).sum(axis=-1)

# %% wrong [evidence against cut off]: as in some papers
def class_map(feature_map, weights):
    return np.maximum(0, feature_map @ weights)

# %% repair: np.maximum(0, feature_map @ weights) → feature_map @ weights

# %% wrong [scaled]: ready for the picture
def class_map(feature_map, weights):
    heat = feature_map @ weights
    return (heat - heat.min()) / (heat.max() - heat.min())

# %% repair: return (heat - heat.min()) / (heat.max() - heat.min()) → return heat

# %% wrong [channels on the wrong side]: the product the wrong way round
def class_map(feature_map, weights):
    return weights @ feature_map

# %% repair: weights @ feature_map → feature_map @ weights

# %% right: Keras, in 32 bits
def class_map(feature_map, weights):
    found = keras.ops.conv(feature_map[None].astype("float32"), weights[None, None, :, None].astype("float32"))
    return np.asarray(found)[0, ..., 0]
