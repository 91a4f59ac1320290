import numpy
def leaky_relu(x): return numpy.maximum(x, x / 10)
