"""Exercise `enrich`: what students hand in."""

# %% right: broadcast
def enrich(sales, shops):
    return sales.join(F.broadcast(shops), "shop", "left")

# %% right: hint
def enrich(sales, shops):
    return sales.join(shops.hint("broadcast"), on=["shop"], how="left_outer")

# %% right: SQL hint
def enrich(sales, shops):
    return session.sql(
        "SELECT /*+ BROADCAST(t) */ s.shop, s.amount, t.country FROM {sales} s LEFT JOIN {shops} t ON s.shop = t.shop",
        sales=sales,
        shops=shops,
    )

# %% right: condition, then drop
def enrich(sales, shops):
    both = sales.join(F.broadcast(shops), sales.shop == shops.shop, "left")
    return both.drop(shops.shop).select("country", "amount", "shop")

# %% right: right join from the other side
def enrich(sales, shops):
    return F.broadcast(shops).join(sales, "shop", "right").select("shop", "amount", "country")

# %% wrong [no broadcast]: no broadcast
def enrich(sales, shops):
    return sales.join(shops, "shop", "left")

# %% repair: join(shops, → join(F.broadcast(shops),

# %% wrong [inner join]: loses unknown shops
def enrich(sales, shops):
    return sales.join(F.broadcast(shops), "shop")

# %% repair: "shop") → "shop", "left")

# %% wrong [inner shuffle join]: both
def enrich(sales, shops):
    return sales.join(shops, "shop")

# %% repair: join(shops, "shop") → join(F.broadcast(shops), "shop", "left")

# %% wrong [no broadcast]: broadcasts the large table
def enrich(sales, shops):
    return F.broadcast(sales).join(shops, "shop", "left")

# %% repair: F.broadcast(sales).join(shops → sales.join(F.broadcast(shops)

# %% wrong [shop twice]: joins on a condition
def enrich(sales, shops):
    return sales.join(F.broadcast(shops), sales.shop == shops.shop, "left")

# %% repair: sales.shop == shops.shop → "shop"

# %% wrong [shops kept, not sales]: keeps the shops
def enrich(sales, shops):
    return sales.join(F.broadcast(shops), "shop", "right")

# %% repair: "right" → "left"

# %% wrong [returns None]: forgets to return
def enrich(sales, shops):
    sales.join(F.broadcast(shops), "shop", "left")

# %% repair: sales.join → return sales.join

# %% wrong [shops kept, not sales, broadcast]: keeps the shops, and sends the sales
def enrich(sales, shops):
    return F.broadcast(sales).join(shops, "shop", "right")

# %% repair: "right" → "left"

# %% repair: F.broadcast(sales).join(shops → sales.join(F.broadcast(shops)

# %% wrong [large table dealt anew]: repartition, by habit
def enrich(sales, shops):
    return sales.repartition("shop").join(F.broadcast(shops), "shop", "left")

# %% repair: sales.repartition("shop").join → sales.join

# %% right: takes doubles out of the small table first
def enrich(sales, shops):
    return sales.join(F.broadcast(shops.dropDuplicates(["shop"])), "shop", "left")

# %% wrong [wrong length]: one sale of each shop
def enrich(sales, shops):
    return sales.join(F.broadcast(shops), "shop", "left").dropDuplicates(["shop"])

# %% repair: .dropDuplicates(["shop"]) →
