"""Exercise `head_and_loss`: what students hand in."""

# %% right: a dict
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "delay": ("linear", "mae"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% right: lists, another order, None for linear
def head_and_loss():
    answer = {"genres": ["sigmoid", "binary_crossentropy"], "spam": ["sigmoid", "binary_crossentropy"]}
    answer["species"] = ["softmax", "sparse_categorical_crossentropy"]
    answer["digit"] = ["softmax", "categorical_crossentropy"]
    answer["temperature"] = [None, "mse"]
    answer["delay"] = [None, "mae"]
    return answer

# %% right: other spellings
def head_and_loss():
    return dict(
        temperature=("Linear", "MSE"),
        delay=("linear", "mean_absolute_error"),
        spam=("sigmoid", "binary_crossentropy "),
        digit=("softmax", "Categorical_Crossentropy"),
        species=("softmax", "sparse_categorical_crossentropy"),
        genres=("sigmoid", "binary_crossentropy"),
    )

# %% wrong [loss first]: turned round
def head_and_loss():
    return {
        "temperature": ("mse", "linear"),
        "delay": ("mae", "linear"),
        "spam": ("binary_crossentropy", "sigmoid"),
        "digit": ("categorical_crossentropy", "softmax"),
        "species": ("sparse_categorical_crossentropy", "softmax"),
        "genres": ("binary_crossentropy", "sigmoid"),
    }

# %% repair
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "delay": ("linear", "mae"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% wrong [a bounded temperature]: sigmoid everywhere
def head_and_loss():
    return {
        "temperature": ("sigmoid", "mse"),
        "delay": ("sigmoid", "mae"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% repair: "temperature": ("sigmoid" → "temperature": ("linear"

# %% repair: "delay": ("sigmoid" → "delay": ("linear"

# %% wrong [softmax of one]: softmax for a probability
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "delay": ("linear", "mae"),
        "spam": ("softmax", "binary_crossentropy"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% repair: "spam": ("softmax" → "spam": ("sigmoid"

# %% wrong [spam]: squared error for a probability
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "delay": ("linear", "mae"),
        "spam": ("sigmoid", "mse"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% repair: ("sigmoid", "mse") → ("sigmoid", "binary_crossentropy")

# %% wrong [temperature loss]: MAE where misses count
def head_and_loss():
    return {
        "temperature": ("linear", "mae"),
        "delay": ("linear", "mae"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% repair: "temperature": ("linear", "mae") → "temperature": ("linear", "mse")

# %% wrong [one-hot or number]: sparse and plain swapped
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "delay": ("linear", "mae"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("softmax", "sparse_categorical_crossentropy"),
        "species": ("softmax", "categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% repair: "digit": ("softmax", "sparse_ → "digit": ("softmax", "

# %% repair: "species": ("softmax", " → "species": ("softmax", "sparse_

# %% wrong [digit]: ten sigmoids
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "delay": ("linear", "mae"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("sigmoid", "binary_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% repair: "digit": ("sigmoid", "binary → "digit": ("softmax", "categorical

# %% wrong [outliers]: MSE for typing errors
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "delay": ("linear", "mse"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% repair: "delay": ("linear", "mse") → "delay": ("linear", "mae")

# %% wrong [one of three]: one-hot loss for class numbers
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "delay": ("linear", "mae"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% repair: "species": ("softmax", " → "species": ("softmax", "sparse_

# %% wrong [several at once]: softmax for genres
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "delay": ("linear", "mae"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("softmax", "categorical_crossentropy"),
    }

# %% repair: "genres": ("softmax" → "genres": ("sigmoid"

# %% repair: ("sigmoid", "categorical_ → ("sigmoid", "binary_

# %% wrong [missing key]: one task forgotten
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% repair: "temperature": ("linear", "mse"), → "temperature": ("linear", "mse"), "delay": ("linear", "mae"),

# %% wrong [two names]: one string for both
def head_and_loss():
    return {
        "temperature": "linear, mse",
        "delay": "linear, mae",
        "spam": "sigmoid, binary_crossentropy",
        "digit": "softmax, categorical_crossentropy",
        "species": "softmax, sparse_categorical_crossentropy",
        "genres": "sigmoid, binary_crossentropy",
    }

# %% repair
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "delay": ("linear", "mae"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }

# %% wrong [wrong type]: a list in order
def head_and_loss():
    return [("linear", "mse"), ("linear", "mae"), ("sigmoid", "binary_crossentropy")]

# %% repair
def head_and_loss():
    return {"temperature": ("linear", "mse"), "delay": ("linear", "mae"), "spam": ("sigmoid", "binary_crossentropy")}

# %% repair
def head_and_loss():
    return {
        "temperature": ("linear", "mse"),
        "delay": ("linear", "mae"),
        "spam": ("sigmoid", "binary_crossentropy"),
        "digit": ("softmax", "categorical_crossentropy"),
        "species": ("softmax", "sparse_categorical_crossentropy"),
        "genres": ("sigmoid", "binary_crossentropy"),
    }
