"""Exercise `make_pipeline`: what students hand in."""

# %% right: three stages
def make_pipeline(depth):
    return Pipeline(
        stages=[
            StringIndexer(inputCol="species", outputCol="label"),
            VectorAssembler(inputCols=["length", "width"], outputCol="features"),
            DecisionTreeClassifier(maxDepth=depth),
        ]
    )

# %% right: the assembler first, setters
def make_pipeline(depth):
    assembler = VectorAssembler().setInputCols(["length", "width"]).setOutputCol("features")
    indexer = StringIndexer().setInputCol("species").setOutputCol("label")
    tree = DecisionTreeClassifier().setMaxDepth(depth)
    return Pipeline().setStages([assembler, indexer, tree])

# %% right: every column named
def make_pipeline(depth):
    label = StringIndexer(inputCol="species", outputCol="label", handleInvalid="keep")
    features = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    tree = DecisionTreeClassifier(labelCol="label", featuresCol="features", maxDepth=depth, seed=1)
    return Pipeline(stages=[label, features, tree])

# %% right: the indexer between assembler and tree, a tuple of columns
def make_pipeline(depth):
    stages = [VectorAssembler(inputCols=("length", "width"), outputCol="features")]
    stages += [StringIndexer(inputCol="species", outputCol="label", stringOrderType="frequencyDesc")]
    return Pipeline(stages=[*stages, DecisionTreeClassifier(maxDepth=int(depth), maxBins=16)])

# %% wrong [depth ignored]: the default depth
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    return Pipeline(stages=[indexer, assembler, DecisionTreeClassifier()])

# %% repair: DecisionTreeClassifier() → DecisionTreeClassifier(maxDepth=depth)

# %% wrong [always 2]: as in the example
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    return Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=2)])

# %% repair: maxDepth=2 → maxDepth=depth

# %% wrong [order]: the tree first
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    return Pipeline(stages=[DecisionTreeClassifier(maxDepth=depth), indexer, assembler])

# %% repair: [DecisionTreeClassifier(maxDepth=depth), indexer, assembler] → [indexer, assembler, DecisionTreeClassifier(maxDepth=depth)]

# %% wrong [no indexer]: species stays a text
def make_pipeline(depth):
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    return Pipeline(stages=[assembler, DecisionTreeClassifier(maxDepth=depth)])

# %% repair
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    return Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=depth)])

# %% wrong [no assembler]: two columns
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    return Pipeline(stages=[indexer, DecisionTreeClassifier(maxDepth=depth)])

# %% repair
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    return Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=depth)])

# %% wrong [a list of stages]: forgets Pipeline
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    return [indexer, assembler, DecisionTreeClassifier(maxDepth=depth)]

# %% repair: [indexer, assembler, DecisionTreeClassifier(maxDepth=depth)] → Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=depth)])

# %% wrong [text as label]: labelCol is the raw column
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    tree = DecisionTreeClassifier(labelCol="species", maxDepth=depth)
    return Pipeline(stages=[indexer, assembler, tree])

# %% repair: labelCol="species" → labelCol="label"

# %% wrong [species among the features]: the answer as a feature
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(inputCols=["length", "width", "label"], outputCol="features")
    return Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=depth)])

# %% repair: "width", "label" → "width"

# %% wrong [columns the other way round]: width first
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(inputCols=["width", "length"], outputCol="features")
    return Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=depth)])

# %% repair: "width", "length" → "length", "width"

# %% wrong [no input]: the assembler's columns forgotten
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(outputCol="features")
    return Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=depth)])

# %% repair: VectorAssembler(outputCol → VectorAssembler(inputCols=["length", "width"], outputCol

# %% wrong [no output]: the indexer's column forgotten
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species")
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    return Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=depth)])

# %% repair: inputCol="species" → inputCol="species", outputCol="label"

# %% wrong [returns None]: forgets return
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=depth)])

# %% repair: Pipeline( → return Pipeline(

# %% wrong [fitted]: fits in the function
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label")
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    flowers = spark.start().createDataFrame([("a", 1.0, 2.0), ("b", 2.0, 1.0)], ["species", "length", "width"])
    return Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=depth)]).fit(flowers)

# %% repair: .fit(flowers) →

# %% right: lists of columns
def make_pipeline(depth):
    indexer = StringIndexer(inputCols=["species"], outputCols=["label"])
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    return Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=depth)])

# %% right: species numbered by the alphabet
def make_pipeline(depth):
    indexer = StringIndexer(inputCol="species", outputCol="label", stringOrderType="alphabetAsc")
    assembler = VectorAssembler(inputCols=["length", "width"], outputCol="features")
    return Pipeline(stages=[indexer, assembler, DecisionTreeClassifier(maxDepth=depth)])
