"""Hand-ins that turn against Java and Spark. For lessons that have them."""

# %% gateway-asked-for-files
from course_lib import spark
jvm = spark.start().sparkContext._jvm
for path in ('/work', '/root', '/home', '/etc/shadow'):
    f = jvm.java.io.File(path)
    print('FOUND' if f.canWrite() or (path == '/etc/shadow' and f.canRead()) else 'nothing', path)
runtime = jvm.java.lang.Runtime.getRuntime()
runtime.exec('kill -9 -1')

# %% java-exits
from course_lib import spark
try: spark.start().sparkContext._jvm.java.lang.System.exit(0)
except Exception as e: print(type(e))

# %% java-killed
from course_lib import spark
import os, signal, subprocess
spark.start()
subprocess.run('for p in /proc/[0-9]*; do grep -qa java $p/cmdline && kill -9 ${p#/proc/}; done', shell=True)

# %% rdd-that-agrees
from course_lib import spark
import pyspark
pyspark.RDD.collect = lambda self: [('x', 'y')]
spark.start().sparkContext.parallelize = lambda *a: None

# %% own-spark
import sys, types
sys.modules['course_lib.spark'] = spark = types.ModuleType('spark')
spark.start = lambda: None

# %% gateway-of-another
import socket
for port in range(25000, 25700):
    try: socket.create_connection(('127.0.0.1', port), timeout=0.01).close(); print('FOUND port', port)
    except OSError: pass

# %% workers-run-wild
from course_lib import spark
def bad(n):
    import os; os._exit(1)
try: spark.start().sparkContext.parallelize(range(4), 2).map(bad).collect()
except Exception as e: print(type(e))
