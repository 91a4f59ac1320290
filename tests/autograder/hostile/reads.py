"""Hand-ins that look for what is not theirs."""

# %% looks-for-the-course
import os
for at, folders, files in os.walk('/'):
    folders[:] = [name for name in folders if name not in ('usr', 'proc', 'sys', 'lib', 'hand-in')]
    for name in files:
        if name in ('gradebook.db', 'nbgrader_config.py', 'double.py') or name.endswith('.ipynb'):
            print('FOUND', at, name)

# %% environment
import os
print(dict(os.environ))
for p in ('1', 'self'):
    try: print(open(f'/proc/{p}/environ').read())
    except OSError as e: print(e)

# %% tcp
import socket
try:
    socket.create_connection(('127.0.0.1', PORT), timeout=2); print('FOUND tcp')
except OSError as e: print(e)

# %% dns
import socket
try:
    print('FOUND', socket.gethostbyname('example.org'))
except OSError as e: print(e)

# %% udp
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    s.sendto(b'x', ('192.0.2.1', 53)); print('FOUND udp')
except OSError as e: print(e)

# %% other-processes
import os
print(*['FOUND ' + p for p in os.listdir('/proc') if p.isdigit() and int(p) > 60])
