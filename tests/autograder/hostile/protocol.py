"""Hand-ins that speak for their kernel: forged messages, scores, comms, displays."""

# %% shows-a-score
from IPython import get_ipython
get_ipython().events.register('post_run_cell', lambda *_: get_ipython().displayhook(1))

# %% shows-nan
from IPython import get_ipython
get_ipython().events.register('post_run_cell', lambda *_: get_ipython().displayhook(float('nan')))

# %% forged-message
from IPython import get_ipython
kernel = get_ipython().kernel
def forge(*_):
    kernel.session.send(kernel.iopub_socket, 'execute_result',
        {'data': {'text/plain': '1'}, 'metadata': {}, 'execution_count': 1}, parent=kernel.get_parent())
get_ipython().events.register('pre_run_cell', forge)

# %% forged-idle-and-reply
from IPython import get_ipython
k = get_ipython().kernel
def forge(*_):
    k.session.send(k.iopub_socket, 'status', {'execution_state': 'idle'}, parent=k.get_parent())
    k.session.send(k.shell_stream, 'execute_reply', {'status': 'ok', 'execution_count': 1}, parent=k.get_parent())
get_ipython().events.register('pre_run_cell', forge)

# %% forged-replies-for-what-will-come
from IPython import get_ipython
k = get_ipython().kernel
parent = k.get_parent()
base, n = parent['header']['msg_id'].rsplit('_', 1)
for ahead in range(1, 40):
    later = {**parent, 'header': {**parent['header'], 'msg_id': f'{base}_{int(n) + ahead}'}}
    k.session.send(k.iopub_socket, 'execute_result', {'data': {'text/plain': '1'}, 'metadata': {}, 'execution_count': 1}, parent=later)
    k.session.send(k.iopub_socket, 'status', {'execution_state': 'idle'}, parent=later)

# %% forged-result-while-asked
from IPython import get_ipython
k = get_ipython().kernel
def ANSWER(*a, **kw):
    for text in ('1', '2.0', 'True'):
        k.session.send(k.iopub_socket, 'execute_result', {'data': {'text/plain': text}, 'metadata': {}, 'execution_count': 1}, parent=k.get_parent())
    return 0.0

# %% forged-verdict-metadata
from IPython import get_ipython
k = get_ipython().kernel
def ANSWER(*a, **kw):
    k.session.send(k.iopub_socket, 'display_data', {'data': {}, 'metadata': {'for-a-person': [], 'nbgrader': {'points': 9}}}, parent=k.get_parent())
    return 0.0

# %% display-updated-later
from IPython import get_ipython
from IPython.display import display
k = get_ipython().kernel
def say(kind): k.session.send(k.iopub_socket, kind, {'data': {'text/plain': '1.0'}, 'metadata': {}, 'transient': {'display_id': 'd'}}, parent=k.get_parent())
def ANSWER(*a, **kw): say('display_data'); say('display_data'); return 0.0
get_ipython().events.register('pre_run_cell', lambda *_: say('update_display_data'))

# %% clears-outputs
from IPython import get_ipython
from IPython.display import clear_output
get_ipython().events.register('post_run_cell', lambda *_: clear_output())
def ANSWER(*a, **kw): clear_output(); clear_output(wait=True); return 0.0

# %% malformed-messages
from IPython import get_ipython
k = get_ipython().kernel
for kind, content in [('execute_result', {}), ('error', {'ename': 1}), ('status', []), ('stream', {'text': {}}), ('x' * 99, None), ('display_data', {'data': []})]:
    k.session.send(k.iopub_socket, kind, content, parent=k.get_parent())

# %% malformed-parents
from IPython import get_ipython
k = get_ipython().kernel
for parent in ({'header': []}, {'header': {'msg_id': {}}}, {'header': 'x'}):
    try: k.session.send(k.iopub_socket, 'status', {'execution_state': 'idle'}, parent=parent)
    except Exception as e: print(e)

# %% raw-frames
from IPython import get_ipython
k = get_ipython().kernel
s = getattr(k.iopub_socket, 'socket', k.iopub_socket)
for frames in ([b''], [b'<IDS|MSG>'] * 9, [b'\xff' * 1000] * 6):
    try: k.iopub_thread.send_multipart(frames)
    except Exception as e: print(e)

# %% execution-count-of-text
from IPython import get_ipython
k = get_ipython().kernel
k.session.send(k.iopub_socket, 'execute_input', {'code': 'pass', 'execution_count': 'many'}, parent=k.get_parent())

# %% dates-that-are-none
from IPython import get_ipython
import jupyter_client.session as s
s.utcnow = lambda: 'yesterday'
k = get_ipython().kernel
header = k.session.msg_header
k.session.msg_header = lambda kind: {**header(kind), 'date': 'yesterday'}

# %% comm-output-widget
from IPython import get_ipython
k = get_ipython().kernel
state = {'_model_name': 'OutputModel', '_model_module': '@jupyter-widgets/output', 'outputs': [], 'msg_id': k.get_parent()['header']['msg_id']}
k.session.send(k.iopub_socket, 'comm_open', {'comm_id': 'c', 'target_name': 'jupyter.widget', 'data': {'state': state}}, parent=k.get_parent())
def hook(*_): k.session.send(k.iopub_socket, 'comm_msg', {'comm_id': 'c', 'data': {'method': 'update', 'state': {'msg_id': k.get_parent()['header']['msg_id'], 'outputs': [{'output_type': 'execute_result', 'data': {'text/plain': '1'}}]}}}, parent=k.get_parent())
get_ipython().events.register('pre_run_cell', hook)

# %% comm-malformed
from IPython import get_ipython
k = get_ipython().kernel
for kind in ('comm_open', 'comm_msg', 'comm_close'):
    for content in ({}, {'comm_id': [], 'data': 3}, {'comm_id': 'x', 'data': {'state': 5}}, {'comm_id': 'y', 'target_name': 'jupyter.widget', 'data': {'state': {}}}):
        k.session.send(k.iopub_socket, kind, content, parent=k.get_parent())

# %% asks-for-input
from IPython import get_ipython
k = get_ipython().kernel
k._allow_stdin = True
try: print(k.raw_input('points? '))
except Exception as e: print(e)

# %% score-as-html
from IPython.display import display, HTML
display(HTML('<script>alert(1)</script>'), metadata={'nbgrader': {'grade': True, 'points': 100}})

# %% last-expression
1.0

# %% payload-pages
from IPython import get_ipython
get_ipython().payload_manager.write_payload({'source': 'set_next_input', 'text': 'pass', 'replace': True})
