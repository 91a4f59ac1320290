"""Exercise `epoch_to_keep`: what students hand in."""

# %% right: counting bad epochs
def epoch_to_keep(val_losses, patience):
    best, kept, wait, epoch = None, 0, 0, 0
    for epoch, loss in enumerate(val_losses, 1):
        if best is None or loss < best:
            best, kept, wait = loss, epoch, 0
        else:
            wait += 1
            if wait == patience:
                break
    return kept, epoch

# %% right: argmin of what was trained
def epoch_to_keep(val_losses, patience):
    for trained in range(1, len(val_losses) + 1):
        kept = int(np.argmin(val_losses[:trained])) + 1
        if trained - kept >= patience:
            return kept, trained
    return kept, trained

# %% right: a while loop, a list back
def epoch_to_keep(val_losses, patience):
    i, best = 0, 0
    while i + 1 < len(val_losses) and i - best < patience:
        i += 1
        if val_losses[i] < val_losses[best]:
            best = i
    return [best + 1, i + 1]

# %% right: NumPy's whole numbers
def epoch_to_keep(val_losses, patience):
    v = np.array(val_losses)
    last_new_best = np.maximum.accumulate(
        np.where(np.r_[True, v[1:] < np.minimum.accumulate(v)[:-1]], np.arange(len(v)), 0)
    )
    stops = np.flatnonzero(np.arange(len(v)) - last_new_best >= patience)
    end = stops[0] if len(stops) else len(v) - 1
    return last_new_best[end] + 1, end + 1

# %% right: the callback itself
def epoch_to_keep(val_losses, patience):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    stop = keras.callbacks.EarlyStopping(patience=patience)
    stop.set_model(model)
    stop.on_train_begin()
    model.stop_training = False
    for epoch, loss in enumerate(val_losses):
        stop.on_epoch_end(epoch, {"val_loss": loss})
        if model.stop_training:
            break
    return stop.best_epoch + 1, epoch + 1

# %% wrong [sees the future]: the best of all
def epoch_to_keep(val_losses, patience):
    return int(np.argmin(val_losses)) + 1, len(val_losses)

# %% repair
def epoch_to_keep(val_losses, patience):
    best, kept = val_losses[0], 1
    for epoch in range(1, len(val_losses) + 1):
        if val_losses[epoch - 1] < best:
            best, kept = val_losses[epoch - 1], epoch
        if epoch - kept == patience:
            return kept, epoch
    return kept, len(val_losses)

# %% wrong [counts from 0]: enumerate as it is
def epoch_to_keep(val_losses, patience):
    best, kept = float("inf"), 0
    for epoch, loss in enumerate(val_losses):
        if loss < best:
            best, kept = loss, epoch
        elif epoch - kept >= patience:
            return kept, epoch
    return kept, len(val_losses) - 1

# %% repair: enumerate(val_losses) → enumerate(val_losses, 1)

# %% repair: len(val_losses) - 1 → len(val_losses)

# %% wrong [one count from 0]: only one of the two mended
def epoch_to_keep(val_losses, patience):
    best, kept = float("inf"), 0
    for epoch, loss in enumerate(val_losses):
        if loss < best:
            best, kept = loss, epoch
        elif epoch - kept >= patience:
            return kept, epoch + 1
    return kept, len(val_losses)

# %% repair
def epoch_to_keep(val_losses, patience):
    best, kept = float("inf"), 0
    for epoch, loss in enumerate(val_losses):
        if loss < best:
            best, kept = loss, epoch
        elif epoch - kept >= patience:
            return kept + 1, epoch + 1
    return kept + 1, len(val_losses)

# %% wrong [trained counts from 0]: the other one mended
def epoch_to_keep(val_losses, patience):
    best, kept = float("inf"), 0
    for epoch, loss in enumerate(val_losses):
        if loss < best:
            best, kept = loss, epoch
        elif epoch - kept >= patience:
            break
    return kept + 1, epoch

# %% repair: kept + 1, epoch → kept + 1, epoch + 1

# %% wrong [one epoch too late]: larger than patience
def epoch_to_keep(val_losses, patience):
    best, kept, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss < best:
            best, kept, wait = loss, epoch, 0
        else:
            wait += 1
            if wait > patience:
                return kept, epoch
    return kept, len(val_losses)

# %% repair: wait > patience → wait >= patience

# %% wrong [one epoch too early]: counts the best itself
def epoch_to_keep(val_losses, patience):
    best, kept = float("inf"), 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss < best:
            best, kept = loss, epoch
        elif epoch - kept + 1 >= patience:
            return kept, epoch
    return kept, len(val_losses)

# %% repair: epoch - kept + 1 → epoch - kept

# %% wrong [ties]: an equal loss is a new best
def epoch_to_keep(val_losses, patience):
    best, kept, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss <= best:
            best, kept, wait = loss, epoch, 0
        else:
            wait += 1
            if wait >= patience:
                return kept, epoch
    return kept, len(val_losses)

# %% repair: <= → <

# %% wrong [compares with the epoch before]: falling is enough
def epoch_to_keep(val_losses, patience):
    kept, wait = 1, 0
    for epoch in range(2, len(val_losses) + 1):
        if val_losses[epoch - 1] < val_losses[epoch - 2]:
            kept, wait = epoch, 0
        else:
            wait += 1
            if wait >= patience:
                return kept, epoch
    return kept, len(val_losses)

# %% repair: val_losses[epoch - 2] → val_losses[kept - 1]

# %% wrong [never starts anew]: wait not set back
def epoch_to_keep(val_losses, patience):
    best, kept, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss < best:
            best, kept = loss, epoch
        else:
            wait += 1
            if wait >= patience:
                return kept, epoch
    return kept, len(val_losses)

# %% repair: best, kept = → wait, best, kept = 0,

# %% wrong [keeps the last]: without restore_best_weights
def epoch_to_keep(val_losses, patience):
    best, wait = float("inf"), 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss < best:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience:
                return epoch, epoch
    return len(val_losses), len(val_losses)

# %% repair
def epoch_to_keep(val_losses, patience):
    best, wait = float("inf"), 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss < best:
            best, wait, kept = loss, 0, epoch
        else:
            wait += 1
            if wait >= patience:
                return kept, epoch
    return kept, len(val_losses)

# %% wrong [only one number]: the kept one
def epoch_to_keep(val_losses, patience):
    best, kept = float("inf"), 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss < best:
            best, kept = loss, epoch
        elif epoch - kept >= patience:
            return kept
    return kept

# %% repair
def epoch_to_keep(val_losses, patience):
    best, kept = float("inf"), 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss < best:
            best, kept = loss, epoch
        elif epoch - kept >= patience:
            return kept, epoch
    return kept, epoch

# %% right: takes the list apart
def epoch_to_keep(val_losses, patience):
    best, kept, epoch = float("inf"), 0, 0
    while val_losses and (kept == 0 or epoch - kept < patience):
        loss = val_losses.pop(0)
        epoch += 1
        if loss < best:
            best, kept = loss, epoch
    return kept, epoch

# %% wrong [never stops, keeps the last]: no comparison
def epoch_to_keep(val_losses, patience):
    best, kept, wait = None, 0, 0
    for epoch, loss in enumerate(val_losses, 1):
        best, kept, wait = loss, epoch, 0
    return kept, epoch

# %% repair
def epoch_to_keep(val_losses, patience):
    best, kept, wait = val_losses[0], 1, 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss < best:
            best, kept, wait = loss, epoch, 0
    return kept, epoch

# %% repair
def epoch_to_keep(val_losses, patience):
    best, kept, wait = val_losses[0], 1, 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss < best:
            best, kept, wait = loss, epoch, 0
        elif epoch > 1:
            wait += 1
        if wait == patience:
            break
    return kept, epoch

# %% wrong [patience ignored]: stops at once
def epoch_to_keep(val_losses, patience):
    best, kept = float("inf"), 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss >= best:
            return kept, epoch
        best, kept = loss, epoch
    return kept, len(val_losses)

# %% repair
def epoch_to_keep(val_losses, patience):
    best, kept, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss >= best:
            wait += 1
            if wait == patience:
                return kept, epoch
        else:
            best, kept = loss, epoch
    return kept, len(val_losses)

# %% repair: best, kept = loss, epoch → best, kept, wait = loss, epoch, 0

# %% wrong [no new best]: compared with the first epoch's None
def epoch_to_keep(val_losses, patience):
    best, kept, wait = None, 0, 0
    for epoch, loss in enumerate(val_losses, 1):
        if best is None:
            best, kept = loss, epoch
        else:
            wait += 1
            if wait == patience:
                break
    return kept, epoch

# %% repair: best is None → best is None or loss < best

# %% repair: best, kept = loss, epoch → best, kept, wait = loss, epoch, 0

# %% wrong [always the first]: the epoch not kept
def epoch_to_keep(val_losses, patience):
    best, kept, wait = float("inf"), 1, 0
    for epoch, loss in enumerate(val_losses, 1):
        if loss < best:
            best, wait = loss, 0
        else:
            wait += 1
            if wait == patience:
                break
    return kept, epoch

# %% repair: best, wait = loss, 0 → best, wait, kept = loss, 0, epoch

# %% wrong [the last epoch is missing]: range
def epoch_to_keep(val_losses, patience):
    trained = kept = 0
    for trained in range(1, len(val_losses)):
        kept = int(np.argmin(val_losses[:trained])) + 1
        if trained - kept >= patience:
            break
    return kept, trained

# %% repair: range(1, len(val_losses)) → range(1, len(val_losses) + 1)

# %% wrong [the largest]: argmax
def epoch_to_keep(val_losses, patience):
    for trained in range(1, len(val_losses) + 1):
        kept = int(np.argmax(val_losses[:trained])) + 1
        if trained - kept >= patience:
            break
    return kept, trained

# %% repair: argmax → argmin

# %% wrong [from the end]: pop takes the last
def epoch_to_keep(val_losses, patience):
    best, kept, epoch = float("inf"), 0, 0
    while val_losses and epoch - kept < patience:
        loss = val_losses.pop()
        epoch += 1
        if loss < best:
            best, kept = loss, epoch
    return kept, epoch

# %% repair: pop() → pop(0)
