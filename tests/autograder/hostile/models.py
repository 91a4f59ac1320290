"""Hand-ins whose networks are none, or are more than that. For lessons that ask for one."""

# %% facts-over-the-wire
import course_lib.check.models as m
FACTS = {'compiled': True, 'ten outputs': True, 'a convolution': True, 'at most 6,000 parameters': True, 'accurate enough': True}
m.to_data = lambda model: FACTS

# %% unsafe-parts-of-keras
import course_lib.check.models as m, json
unsafe = {'class_name': 'function', 'module': 'keras.config', 'config': 'enable_unsafe_deserialization', 'registered_name': 'function'}
lines = [{'module': 'keras.layers', 'class_name': 'InputLayer', 'config': {'batch_shape': [None, 28, 28, 1]}}, {'module': 'keras.layers', 'class_name': 'Flatten', 'config': {}}, {'module': 'keras.layers', 'class_name': 'Dense', 'config': {'units': 10}}]
model = {'module': 'keras', 'class_name': 'Sequential', 'config': {'name': 's', 'layers': lines}}
compiled = {'optimizer': {'module': 'keras.optimizers', 'class_name': 'Adam', 'config': {'learning_rate': unsafe}}, 'loss': 'sparse_categorical_crossentropy'}
m.to_data = lambda _: {'model': json.dumps(model), 'weights': [], 'compiled': json.dumps(compiled)}

# %% lambda-of-marshalled-code
import course_lib.check.models as m, json, base64, marshal
code = base64.b64encode(marshal.dumps(compile('import os; os._exit(0)', 'x', 'exec'))).decode()
dense = {'module': 'keras.layers', 'class_name': 'Dense', 'config': {'units': 10, 'activation': {'class_name': '__lambda__', 'config': {'value': [code, None, None]}}}}
m.to_data = lambda _: {'model': json.dumps({'module': 'keras', 'class_name': 'Sequential', 'config': {'layers': [dense]}}), 'weights': [], 'compiled': 'null'}

# %% lambda-layer
import keras
def ANSWER(*a, **k):
    net = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Lambda(lambda x: x[:, :10])])
    net.compile('sgd', 'sparse_categorical_crossentropy'); return net

# %% layer-that-reads-files
import keras
def ANSWER(*a, **k):
    net = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.StringLookup(vocabulary='/etc/passwd')])
    net.compile('sgd', 'mse'); return net

# %% network-as-large-as-the-machine
import course_lib.check.models as m, json
dense = {'module': 'keras.layers', 'class_name': 'Dense', 'config': {'units': 10**9}}
lines = [{'module': 'keras.layers', 'class_name': 'InputLayer', 'config': {'batch_shape': [None, 28, 28, 1]}}, dense]
m.to_data = lambda _: {'model': json.dumps({'module': 'keras', 'class_name': 'Sequential', 'config': {'layers': lines}}), 'weights': [], 'compiled': '{"optimizer": "sgd", "loss": "mse"}'}

# %% model-that-lies
import keras
class Lies(keras.Model):
    built = compiled = True
    def to_json(self): return '{"class_name": "Lies", "config": {}, "module": "keras.layers"}'
    def get_weights(self): return ['x']
    def count_params(self): return 0
    def get_compile_config(self): return {}
def ANSWER(*a, **k): return Lies()

# %% json-that-is-none
import course_lib.check.models as m
m.to_data = lambda _: {'model': '[' * 100_000, 'weights': {'a': 1}, 'compiled': 5}
