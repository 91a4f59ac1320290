"""Exercise `cached`: what students hand in."""

# %% right: make the file, then load it
def cached(path, compute):
    if not Path(path).exists():
        np.save(path, compute())
    return np.load(path)

# %% right: two branches
def cached(path, compute):
    import os

    if os.path.isfile(path):
        return np.load(path)
    array = compute()
    np.save(path, array)
    return array

# %% right: try, then compute
def cached(path, compute):
    try:
        with open(path, "rb") as file:
            return np.load(file)
    except FileNotFoundError:
        array = compute()
        with open(path, "wb") as file:
            np.save(file, array)
        return array

# %% right: written beside, then renamed
def cached(path, compute):
    path = Path(path)
    if not path.is_file():
        beside = path.with_name("part-" + path.name)
        np.save(beside, compute())
        beside.rename(path)
    return np.load(path)

# %% wrong [computed every time]: saves, never looks
def cached(path, compute):
    array = compute()
    np.save(path, array)
    return array

# %% repair
def cached(path, compute):
    if Path(path).exists():
        return np.load(path)
    array = compute()
    np.save(path, array)
    return array

# %% wrong [computed, then thrown away]: looks too late
def cached(path, compute):
    array = compute()
    if Path(path).exists():
        return np.load(path)
    np.save(path, array)
    return array

# %% repair
def cached(path, compute):
    if Path(path).exists():
        return np.load(path)
    array = compute()
    np.save(path, array)
    return array

# %% wrong [never saved]: looks, computes, saves nothing
def cached(path, compute):
    if Path(path).exists():
        return np.load(path)
    return compute()

# %% repair
def cached(path, compute):
    if Path(path).exists():
        return np.load(path)
    array = compute()
    np.save(path, array)
    return array

# %% wrong [no file after two calls]: a dictionary
_memory = {}

def cached(path, compute):
    if path not in _memory:
        _memory[path] = compute()
    return _memory[path]

# %% repair
_memory = {}

def cached(path, compute):
    if path not in _memory:
        _memory[path] = compute()
        np.save(path, _memory[path])
    return _memory[path]

# %% repair
def cached(path, compute):
    if not Path(path).exists():
        np.save(path, compute())
    return np.load(path)

# %% wrong [nothing the first time]: return in one branch only
def cached(path, compute):
    if Path(path).exists():
        return np.load(path)
    np.save(path, compute())

# %% repair
def cached(path, compute):
    if Path(path).exists():
        return np.load(path)
    array = compute()
    np.save(path, array)
    return array

# %% wrong [nothing the second time]: return in the other branch only
def cached(path, compute):
    if not Path(path).exists():
        array = compute()
        np.save(path, array)
        return array
    np.load(path)

# %% repair: np.load(path) → return np.load(path)

# %% wrong [loads before it saves]: no question asked
def cached(path, compute):
    array = np.load(path)
    if array is None:
        array = compute()
        np.save(path, array)
    return array

# %% repair
def cached(path, compute):
    if Path(path).exists():
        return np.load(path)
    array = compute()
    np.save(path, array)
    return array

# %% wrong [another name]: npy twice
def cached(path, compute):
    if not Path(path).exists():
        np.save(path + ".npy", compute())
        return np.load(path + ".npy")
    return np.load(path)

# %% repair
def cached(path, compute):
    if not Path(path).exists():
        np.save(path, compute())
        return np.load(path)
    return np.load(path)

# %% wrong [another name]: the name of the example
def cached(path, compute):
    if not Path("features.npy").exists():
        np.save("features.npy", compute())
    return np.load("features.npy")

# %% repair
def cached(path, compute):
    if not Path(path).exists():
        np.save(path, compute())
    return np.load(path)

# %% wrong [another array from the file]: numbers without their shape
def cached(path, compute):
    if Path(path).exists():
        return np.fromfile(path)
    array = compute()
    array.tofile(path)
    return array

# %% repair
def cached(path, compute):
    if Path(path).exists():
        return np.load(path)
    array = compute()
    np.save(path, array)
    return array

# %% wrong [another array from the file]: half the bits are saved
def cached(path, compute):
    if Path(path).exists():
        return np.load(path)
    array = compute()
    np.save(path, array.astype("float32"))
    return array

# %% repair: , array.astype("float32")) → , array)
