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

# %% repair: the places in front filled
def shift_image(image, right, down, fill):
    moved = np.roll(np.roll(image, right, axis=1), down, axis=0)
    moved[:down] = fill
    moved[:, :right] = fill
    return moved

# %% repair: both signs
def shift_image(image, right, down, fill):
    moved = np.roll(np.roll(image, right, axis=1), down, axis=0)
    if down > 0:
        moved[:down] = fill
    if down < 0:
        moved[down:] = fill
    if right > 0:
        moved[:, :right] = fill
    if right < 0:
        moved[:, right:] = fill
    return moved

# %% wrong [fill unused]: zeros
def shift_image(image, right, down, fill):
    return images.shift(image, right, down)

# %% repair: fill for 0
def shift_image(image, right, down, fill):
    moved = images.shift(image, right, down)
    moved[moved == 0] = fill
    return moved

# %% repair: pixel by pixel
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = np.full_like(image, fill)
    for i in range(height):
        for j in range(width):
            if 0 <= i - down < height and 0 <= j - right < width:
                moved[i, j] = image[i - down, j - right]
    return moved

# %% wrong [directions swapped]: x and y mixed up
def shift_image(image, right, down, fill):
    return images.shift(image - fill, down, right) + fill

# %% repair: image - fill, down, right → image - fill, right, down

# %% wrong [backwards]: plus for minus
def shift_image(image, right, down, fill):
    moved = np.full_like(image, fill)
    height, width = image.shape
    for i in range(height):
        for j in range(width):
            if 0 <= i + down < height and 0 <= j + right < width:
                moved[i, j] = image[i + down, j + right]
    return moved

# %% repair: minus
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = np.full_like(image, fill)
    for i in range(height):
        for j in range(width):
            if 0 <= i - down < height and 0 <= j - right < width:
                moved[i, j] = image[i - down, j - right]
    return moved

# %% wrong [wraps around]: no question whether the place lies inside
def shift_image(image, right, down, fill):
    moved = np.full_like(image, fill)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            moved[i, j] = image[i - down, j - right]
    return moved

# %% repair: asked before it is copied
def shift_image(image, right, down, fill):
    moved = np.full_like(image, fill)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            if i - down >= 0 and j - right >= 0:
                moved[i, j] = image[i - down, j - right]
    return moved

# %% repair: on both sides
def shift_image(image, right, down, fill):
    moved = np.full_like(image, fill)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            if 0 <= i - down < image.shape[0] and 0 <= j - right < image.shape[1]:
                moved[i, j] = image[i - down, j - right]
    return moved

# %% wrong [shapes]: slices that fit positive shifts only
def shift_image(image, right, down, fill):
    moved = np.full_like(image, fill)
    moved[down:, right:] = image[:-down, :-right]
    return moved

# %% repair: pixel by pixel
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = np.full_like(image, fill)
    for i in range(height):
        for j in range(width):
            if 0 <= i - down < height and 0 <= j - right < width:
                moved[i, j] = image[i - down, j - right]
    return moved

# %% wrong [index outside]: written to the target without a question
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = np.full_like(image, fill)
    for i in range(height):
        for j in range(width):
            moved[i + down, j + right] = image[i, j]
    return moved

# %% repair: asked before it is written
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = np.full_like(image, fill)
    for i in range(height):
        for j in range(width):
            if 0 <= i + down < height and 0 <= j + right < width:
                moved[i + down, j + right] = image[i, j]
    return moved

# %% wrong [rows wrap around]: the columns alone are filled
def shift_image(image, right, down, fill):
    moved = np.roll(image, (down, right), axis=(0, 1))
    columns = np.arange(image.shape[1]) - right
    moved[:, (columns < 0) | (columns >= image.shape[1])] = fill
    return moved

# %% repair: the rows as well
def shift_image(image, right, down, fill):
    moved = np.roll(image, (down, right), axis=(0, 1))
    columns = np.arange(image.shape[1]) - right
    moved[:, (columns < 0) | (columns >= image.shape[1])] = fill
    rows = np.arange(image.shape[0]) - down
    moved[(rows < 0) | (rows >= image.shape[0])] = fill
    return moved

# %% wrong [columns wrap around]: the rows alone are filled
def shift_image(image, right, down, fill):
    moved = np.roll(image, (down, right), axis=(0, 1))
    rows = np.arange(image.shape[0]) - down
    moved[(rows < 0) | (rows >= image.shape[0])] = fill
    return moved

# %% repair: the columns as well
def shift_image(image, right, down, fill):
    moved = np.roll(image, (down, right), axis=(0, 1))
    rows = np.arange(image.shape[0]) - down
    moved[(rows < 0) | (rows >= image.shape[0])] = fill
    columns = np.arange(image.shape[1]) - right
    moved[:, (columns < 0) | (columns >= image.shape[1])] = fill
    return moved

# %% wrong [every 0 filled]: 0 taken for empty
def shift_image(image, right, down, fill):
    moved = images.shift(image, right, down)
    moved[moved == 0] = fill
    return moved

# %% repair: pixel by pixel
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = np.full_like(image, fill)
    for i in range(height):
        for j in range(width):
            if 0 <= i - down < height and 0 <= j - right < width:
                moved[i, j] = image[i - down, j - right]
    return moved

# %% wrong [only fill]: the loop forgotten
def shift_image(image, right, down, fill):
    return np.full_like(image, fill)

# %% repair (hint): pixel by pixel
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = np.full_like(image, fill)
    for i in range(height):
        for j in range(width):
            if 0 <= i - down < height and 0 <= j - right < width:
                moved[i, j] = image[i - down, j - right]
    return moved

# %% wrong [first row lost]: from 1
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = np.full_like(image, fill)
    for i in range(height):
        for j in range(width):
            if 1 <= i + down < height and 0 <= j + right < width:
                moved[i + down, j + right] = image[i, j]
    return moved

# %% repair: 1 <= i → 0 <= i

# %% wrong [first column lost]: from 1 to the right
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = np.full_like(image, fill)
    for i in range(height):
        for j in range(width):
            if 0 <= i + down < height and 1 <= j + right < width:
                moved[i + down, j + right] = image[i, j]
    return moved

# %% repair: 1 <= j → 0 <= j

# %% wrong [down ignored]: one axis
def shift_image(image, right, down, fill):
    return images.shift(image - fill, right, 0) + fill

# %% repair: right, 0 → right, down

# %% wrong [right ignored]: the other axis
def shift_image(image, right, down, fill):
    return images.shift(image - fill, 0, down) + fill

# %% repair: 0, down → right, down

# %% wrong [up for down]: minus for the rows
def shift_image(image, right, down, fill):
    return images.shift(image - fill, right, -down) + fill

# %% repair: right, -down → right, down

# %% wrong [left for right]: minus for the columns
def shift_image(image, right, down, fill):
    return images.shift(image - fill, -right, down) + fill

# %% repair: -right, → right,

# %% wrong [not moved]: a copy
def shift_image(image, right, down, fill):
    return image.copy()

# %% repair (hint): pixel by pixel
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = np.full_like(image, fill)
    for i in range(height):
        for j in range(width):
            if 0 <= i - down < height and 0 <= j - right < width:
                moved[i, j] = image[i - down, j - right]
    return moved

# %% wrong [edge repeated]: SciPy's nearest
def shift_image(image, right, down, fill):
    import scipy.ndimage

    return scipy.ndimage.shift(image, (down, right), order=0, mode='nearest')

# %% repair: mode='nearest' → mode='constant', cval=fill

# %% wrong [decimals lost]: an array of whole numbers
def shift_image(image, right, down, fill):
    height, width = image.shape
    moved = np.full((height, width), fill)
    for i in range(height):
        for j in range(width):
            if 0 <= i - down < height and 0 <= j - right < width:
                moved[i, j] = image[i - down, j - right]
    return moved

# %% repair: np.full((height, width), fill) → np.full((height, width), fill, dtype=image.dtype)
