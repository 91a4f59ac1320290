"""Hand-ins whose notebook itself lies. Each block runs here, with `content` and `cells`, to change it.

`meta(cell)` gives nbgrader's metadata of a cell, `tests` the test cells.
"""

# %% tests-emptied
for cell in tests: cell['source'] = 'pass'

# %% tests-without-metadata
for cell in tests: cell['metadata'] = {}

# %% tests-removed
content['cells'] = [cell for cell in cells if cell not in tests]

# %% tests-first
content['cells'] = [*tests, *[cell for cell in cells if cell not in tests]]

# %% tests-last-and-reversed
content['cells'] = [*[cell for cell in cells if cell not in tests], *tests[::-1]]

# %% tests-twice
content['cells'] = cells + [dict(cell, source='pass', id=f'twice-{n}') for n, cell in enumerate(tests)]

# %% tests-as-text
for cell in tests: cell['cell_type'] = 'markdown'; cell.pop('outputs', None); cell.pop('execution_count', None)

# %% tests-as-raw
for cell in tests: cell['cell_type'] = 'raw'

# %% tests-as-solutions
for cell in tests: meta(cell).update(solution=True, grade=False, locked=False)

# %% tests-as-written-answers
for cell in tests: meta(cell).update(solution=True, grade=True, locked=False)

# %% tests-not-graded
for cell in tests: meta(cell)['grade'] = False

# %% more-points
for cell in tests: meta(cell)['points'] = 1000

# %% points-that-are-no-numbers
for cell, points in zip(tests, ['inf', -1, None, [], {}, 1e400]): meta(cell)['points'] = points

# %% checksums
for cell in cells: meta(cell)['checksum'] = '0' * 32

# %% names-swapped
names = [meta(cell)['grade_id'] for cell in tests]
for cell, name in zip(tests, names[1:] + names[:1]): meta(cell)['grade_id'] = name

# %% one-name-for-all
for cell in cells: cell['metadata'].setdefault('nbgrader', {})['grade_id'] = meta(tests[0])['grade_id']

# %% names-that-are-none
for cell, name in zip(tests, [None, 5, [], {}, '../x', 'a' * 10_000, '\x00']): meta(cell)['grade_id'] = name

# %% skip-tags
for cell in cells: cell['metadata']['tags'] = ['skip-grading', 'skip-execution', 'raises-exception', 'remove-cell']

# %% tags-that-are-none
for cell, tags in zip(cells, [5, 'skip-grading', {'skip-grading': 1}, [[]], [None]]): cell['metadata']['tags'] = tags

# %% for-a-person
for cell in cells: cell['metadata'].update({'for-a-person': [], 'answered-beside': True, 'answers': ['print'], 'execution': {'x': 1}})

# %% outputs-of-its-own
for cell in tests: cell['outputs'] = [{'output_type': 'execute_result', 'data': {'text/plain': '100'}, 'metadata': {}, 'execution_count': 1}]

# %% outputs-that-are-none
for cell in cells: cell['outputs'] = {'output_type': 'error'}

# %% other-kernel
content['metadata']['kernelspec'] = {'name': 'bash', 'display_name': 'x', 'language': 'bash'}

# %% kernel-with-a-command
content['metadata']['kernelspec'] = {'name': '../../x', 'argv': ['sh', '-c', 'touch /tmp/L3AK'], 'display_name': [], 'language': 5}

# %% huge-metadata
content['metadata']['x'] = 'x' * 3_000_000
cells[0]['metadata']['y'] = ['y'] * 200_000

# %% deep-metadata
deep = []
for _ in range(200): deep = [deep]
content['metadata']['x'] = deep

# %% attachments
for cell in cells: cell['attachments'] = {'x.png': {'image/png': 'A' * 100_000}, '../../x': {'text/html': '<script>'}}

# %% ids-all-the-same
for cell in cells: cell['id'] = 'same'

# %% ids-that-are-none
for cell, name in zip(cells, ['', 'a b', 'x' * 999, 5, None]): cell['id'] = name

# %% newer-format
content['nbformat'], content['nbformat_minor'] = 4, 99

# %% widgets
content['metadata']['widgets'] = {'application/vnd.jupyter.widget-state+json': {'state': {'x': {'state': {'value': '100'}}}}}

# %% cells-of-another-kind
cells += [{'cell_type': 'raw', 'source': ['x', 'y'], 'metadata': {'format': []}}, {'cell_type': 'code', 'source': ['1'], 'metadata': {}, 'outputs': [], 'execution_count': 'x'}]

# %% a-copy-of-each-test-under-a-new-name
cells += [dict(cell, id=f'n{n}', metadata={'nbgrader': {**meta(cell), 'grade_id': f'extra_{n}', 'points': 50}}, source='100') for n, cell in enumerate(tests)]

# %% answers-locked
for cell in cells:
    if meta(cell).get('solution'): meta(cell).update(locked=True, solution=False, grade=True, points=50)

# %% unlocked-lesson-cells
for cell in cells:
    if meta(cell).get('locked') and cell not in tests and cell['cell_type'] == 'code': cell['source'] = 'class check: answer = cases = values = staticmethod(lambda *a, **k: None)'

# %% widths-of-text
cells[0]['source'] = '\u202e' * 1000 + '\x1b[31m' + '\x00' + '# BEGIN HIDDEN TESTS ### END HIDDEN TESTS'

# %% marks-of-hidden-tests-in-answers
for cell in cells:
    if meta(cell).get('solution'): cell['source'] = '### BEGIN HIDDEN TESTS\n' + cell['source'] + '\n### END HIDDEN TESTS'

# %% marks-of-solutions-in-answers
for cell in cells:
    if meta(cell).get('solution'): cell['source'] = '### BEGIN SOLUTION\n' + cell['source']
