"""Exercise `find_leaks`: what students hand in."""

# %% right: SHA-256
def find_leaks(folder):
    seen = {hashlib.sha256(p.read_bytes()).hexdigest() for p in (folder / "train").glob("*/*")}
    files = (folder / "validation").glob("*/*")
    leaks = [p for p in files if hashlib.sha256(p.read_bytes()).hexdigest() in seen]
    return sorted(f"{p.parent.name}/{p.name}" for p in leaks)

# %% right: the bytes themselves
def find_leaks(folder):
    train = [p.read_bytes() for p in (folder / "train").rglob("*") if p.is_file()]
    leaks = []
    for kind in sorted((folder / "validation").iterdir()):
        for path in kind.iterdir():
            if path.read_bytes() in train:
                leaks.append(kind.name + "/" + path.name)
    leaks.sort()
    return leaks

# %% right: os.walk and MD5
def find_leaks(folder):
    import os

    def prints(split):
        found = {}
        for root, _, names in os.walk(folder / split):
            for name in names:
                with open(os.path.join(root, name), "rb") as file:
                    found[os.path.basename(root) + "/" + name] = hashlib.md5(file.read()).digest()
        return found

    seen = set(prints("train").values())
    return sorted(name for name, digest in prints("validation").items() if digest in seen)

# %% wrong [names compared]: names alone
def find_leaks(folder):
    seen = {p.name for p in (folder / "train").glob("*/*")}
    return sorted(f"{p.parent.name}/{p.name}" for p in (folder / "validation").glob("*/*") if p.name in seen)

# %% repair
def find_leaks(folder):
    seen = {p.read_bytes() for p in (folder / "train").glob("*/*")}
    return sorted(f"{p.parent.name}/{p.name}" for p in (folder / "validation").glob("*/*") if p.read_bytes() in seen)

# %% wrong [names compared within a class]: class and name
def find_leaks(folder):
    train = {str(p.relative_to(folder / "train")) for p in (folder / "train").glob("*/*")}
    validation = {str(p.relative_to(folder / "validation")) for p in (folder / "validation").glob("*/*")}
    return sorted(train & validation)

# %% repair
def find_leaks(folder):
    seen = {p.read_bytes() for p in (folder / "train").glob("*/*")}
    return sorted(f"{p.parent.name}/{p.name}" for p in (folder / "validation").glob("*/*") if p.read_bytes() in seen)

# %% wrong [same name and same bytes]: both
def find_leaks(folder):
    seen = {(p.name, p.read_bytes()) for p in (folder / "train").glob("*/*")}
    files = (folder / "validation").glob("*/*")
    return sorted(f"{p.parent.name}/{p.name}" for p in files if (p.name, p.read_bytes()) in seen)

# %% repair
def find_leaks(folder):
    seen = {p.read_bytes() for p in (folder / "train").glob("*/*")}
    files = (folder / "validation").glob("*/*")
    return sorted(f"{p.parent.name}/{p.name}" for p in files if p.read_bytes() in seen)

# %% wrong [same class only]: class by class
def find_leaks(folder):
    leaks = []
    for kind in (folder / "validation").iterdir():
        seen = {p.read_bytes() for p in (folder / "train" / kind.name).glob("*")}
        leaks += [f"{kind.name}/{p.name}" for p in kind.iterdir() if p.read_bytes() in seen]
    return sorted(leaks)

# %% repair: (folder / "train" / kind.name).glob("*") → (folder / "train").glob("*/*")

# %% wrong [sizes compared]: sizes
def find_leaks(folder):
    seen = {p.stat().st_size for p in (folder / "train").glob("*/*")}
    files = (folder / "validation").glob("*/*")
    return sorted(f"{p.parent.name}/{p.name}" for p in files if p.stat().st_size in seen)

# %% repair
def find_leaks(folder):
    seen = {hashlib.sha256(p.read_bytes()).hexdigest() for p in (folder / "train").glob("*/*")}
    files = (folder / "validation").glob("*/*")
    return sorted(f"{p.parent.name}/{p.name}" for p in files if hashlib.sha256(p.read_bytes()).hexdigest() in seen)

# %% wrong [training photographs returned]: the other side
def find_leaks(folder):
    seen = {p.read_bytes() for p in (folder / "validation").glob("*/*")}
    files = (folder / "train").glob("*/*")
    return sorted(f"{p.parent.name}/{p.name}" for p in files if p.read_bytes() in seen)

# %% repair
def find_leaks(folder):
    seen = {p.read_bytes() for p in (folder / "train").glob("*/*")}
    files = (folder / "validation").glob("*/*")
    return sorted(f"{p.parent.name}/{p.name}" for p in files if p.read_bytes() in seen)

# %% wrong [doubles within validation]: every second copy
def find_leaks(folder):
    files = [p for split in ("train", "validation") for p in (folder / split).glob("*/*")]
    count = {}
    for p in files:
        count[p.read_bytes()] = count.get(p.read_bytes(), 0) + 1
    doubles = [p for p in files if count[p.read_bytes()] > 1 and p.parent.parent.name == "validation"]
    return sorted(f"{p.parent.name}/{p.name}" for p in doubles)

# %% repair
def find_leaks(folder):
    train = [p.read_bytes() for p in (folder / "train").glob("*/*")]
    doubles = [p for p in (folder / "validation").glob("*/*") if p.read_bytes() in train]
    return sorted(f"{p.parent.name}/{p.name}" for p in doubles)

# %% wrong [class missing]: the name alone
def find_leaks(folder):
    seen = {p.read_bytes() for p in (folder / "train").glob("*/*")}
    return sorted(p.name for p in (folder / "validation").glob("*/*") if p.read_bytes() in seen)

# %% repair: sorted(p.name for → sorted(f"{p.parent.name}/{p.name}" for

# %% right: pair by pair, each once
def find_leaks(folder):
    train = sorted((folder / "train").glob("*/*"))
    found = set()
    for path in (folder / "validation").glob("*/*"):
        for other in train:
            if path.read_bytes() == other.read_bytes():
                found.add(f"{path.parent.name}/{path.name}")
    return sorted(found)

# %% wrong [one for each copy]: pair by pair
def find_leaks(folder):
    found = []
    for path in (folder / "validation").glob("*/*"):
        for other in (folder / "train").glob("*/*"):
            if path.read_bytes() == other.read_bytes():
                found.append(f"{path.parent.name}/{path.name}")
    return sorted(found)

# %% repair: sorted(found) → sorted(set(found))

# %% wrong [the first bytes]: four of them
def find_leaks(folder):
    seen = {p.read_bytes()[:4] for p in (folder / "train").glob("*/*")}
    files = (folder / "validation").glob("*/*")
    return sorted(f"{p.parent.name}/{p.name}" for p in files if p.read_bytes()[:4] in seen)

# %% repair
def find_leaks(folder):
    seen = {p.read_bytes() for p in (folder / "train").glob("*/*")}
    files = (folder / "validation").glob("*/*")
    return sorted(f"{p.parent.name}/{p.name}" for p in files if p.read_bytes() in seen)

# %% wrong [all of validation]: compared with all files
def find_leaks(folder):
    files = [p for p in folder.rglob("*") if p.is_file()]
    seen = {p.read_bytes() for p in files}
    return sorted(f"{p.parent.name}/{p.name}" for p in (folder / "validation").glob("*/*") if p.read_bytes() in seen)

# %% repair: folder.rglob → (folder / "train").rglob

# %% wrong [slash missing]: put together without it
def find_leaks(folder):
    seen = {p.read_bytes() for p in (folder / "train").glob("*/*")}
    files = sorted((folder / "validation").glob("*/*"))
    return sorted(p.parent.name + p.name for p in files if p.read_bytes() in seen)

# %% repair: p.parent.name + p.name → p.parent.name + "/" + p.name

# %% wrong [more than class and name]: the whole path
def find_leaks(folder):
    train = {path.read_bytes() for path in (folder / "train").glob("*/*")}
    found = [path for path in (folder / "validation").glob("*/*") if path.read_bytes() in train]
    return sorted(str(path) for path in found)

# %% repair: str(path) → f"{path.parent.name}/{path.name}"

# %% wrong [the first bytes]: a kilobyte of each
def find_leaks(folder):
    train = {path.read_bytes()[:1024] for path in (folder / "train").glob("*/*")}
    found = [path for path in (folder / "validation").glob("*/*") if path.read_bytes()[:1024] in train]
    return sorted(f"{path.parent.name}/{path.name}" for path in found)

# %% repair
def find_leaks(folder):
    train = {path.read_bytes() for path in (folder / "train").glob("*/*")}
    found = [path for path in (folder / "validation").glob("*/*") if path.read_bytes() in train]
    return sorted(f"{path.parent.name}/{path.name}" for path in found)

# %% wrong [one ending only]: *.jpg
def find_leaks(folder):
    train = {path.read_bytes() for path in folder.glob("train/*/*.jpg")}
    found = [path for path in folder.glob("validation/*/*.jpg") if path.read_bytes() in train]
    return sorted(f"{path.parent.name}/{path.name}" for path in found)

# %% repair
def find_leaks(folder):
    train = {path.read_bytes() for path in folder.glob("train/*/*")}
    found = [path for path in folder.glob("validation/*/*") if path.read_bytes() in train]
    return sorted(f"{path.parent.name}/{path.name}" for path in found)

# %% wrong [one ending only in train]: *.jpg of train
def find_leaks(folder):
    train = {path.read_bytes() for path in folder.glob("train/*/*.jpg")}
    found = [path for path in folder.glob("validation/*/*") if path.read_bytes() in train]
    return sorted(f"{path.parent.name}/{path.name}" for path in found)

# %% repair: train/*/*.jpg → train/*/*

# %% wrong [one ending only in validation]: *.jpg of validation
def find_leaks(folder):
    train = {path.read_bytes() for path in folder.glob("train/*/*")}
    found = [path for path in folder.glob("validation/*/*.jpg") if path.read_bytes() in train]
    return sorted(f"{path.parent.name}/{path.name}" for path in found)

# %% repair: validation/*/*.jpg → validation/*/*
