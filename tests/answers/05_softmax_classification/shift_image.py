"""Exercise `shift_image`: what students hand in."""


# %% right: two loops
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = [[fill] * width for _ in range(height)]
    for i in range(height):
        for j in range(width):
            if 0 <= i + down < height and 0 <= j + right < width:
                moved[i + down][j + right] = image[i][j]
    return moved


# %% right: a wide frame, then a cut
def shift_image(image, right, down, fill):
    h, w = image.shape
    right, down = max(-w, min(w, right)), max(-h, min(h, down))
    framed = np.pad(image, ((h, h), (w, w)), constant_values=fill)
    return framed[h - down : 2 * h - down, w - right : 2 * w - right]


# %% right: roll, then fill
def shift_image(image, right, down, fill):
    h, w = image.shape
    moved = np.roll(image, (down, right), axis=(0, 1)).astype(float)
    rows, columns = np.arange(h) - down, np.arange(w) - right
    moved[(rows < 0) | (rows >= h), :] = fill
    moved[:, (columns < 0) | (columns >= w)] = fill
    return moved


# %% right: the course's own shift, moved to the fill value
def shift_image(image, right, down, fill):
    return images.shift(image - fill, right, down) + fill


# %% wrong [wraps around]: np.roll
def shift_image(image, right, down, fill):
    return np.roll(np.roll(image, right, axis=1), down, axis=0)


# %% wrong [fill unused]: zeros
def shift_image(image, right, down, fill):
    return images.shift(image, right, down)


# %% wrong [directions swapped]: x and y mixed up
def shift_image(image, right, down, fill):
    return images.shift(image - fill, down, right) + fill


# %% wrong [backwards]: plus for minus
def shift_image(image, right, down, fill):
    moved = np.full_like(image, fill)
    height, width = image.shape
    for i in range(height):
        for j in range(width):
            if 0 <= i + down < height and 0 <= j + right < width:
                moved[i, j] = image[i + down, j + right]
    return moved


# %% wrong [index outside]: no question whether the place lies inside
def shift_image(image, right, down, fill):
    moved = np.full_like(image, fill)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            moved[i, j] = image[i - down, j - right]
    return moved


# %% wrong [shapes]: slices that fit positive shifts only
def shift_image(image, right, down, fill):
    moved = np.full_like(image, fill)
    moved[down:, right:] = image[:-down, :-right]
    return moved
