'use strict';
(() => {
  const STEP = 200;
  const find = selector => document.querySelector(selector);
  const table = find('#budget');
  const body = table.tBodies[0];
  const form = find('.tools');
  const count = find('.count');
  const rest = find('.rest');
  const blank = find('#row').content.firstElementChild;
  const data = find('#data');
  const headers = [...table.tHead.rows[0].cells];

  // One list of rows, whether the page holds them as HTML or as data; what they are shown and sorted by is text.

  const ofElement = element => ({
    element,
    texts: [...element.cells].map(cell => cell.textContent.trim()),
    name: element.querySelector('th bdi').textContent,
    testClass: element.querySelector('.of').textContent,
    status: element.className,
    roles: element.dataset.roles.split(' '),
    marks: element.dataset.marks.split(' '),
    models: [...element.querySelectorAll('.models bdi')].map(model => model.textContent),
  });

  // There may be a hundred thousand of them, so what few of them are asked for is made when it is.
  class DataRow {
    constructor(values, shared) {
      this.values = values;
      this.shared = shared;
      this.status = shared[values[0]];
      this.testClass = shared[values[3]];
      this.name = values[4][0] === '='
        ? values[4].slice(1)
        : this.testClass.slice(this.testClass.lastIndexOf('.') + 1) + values[4];
      this.models = shared[values[6]];
      this.roles = shared[values[7]];
      this.marks = shared[values[8]];
    }
    get label() { return this.shared[this.values[1]]; }
    get kind() { return this.shared[this.values[2]]; }
    get anchor() { return this.values[5] || this.name; }
    get bar() { return [this.shared[this.values[12]], ...this.values.slice(13, 16)]; }
    get texts() {
      const { values, shared } = this;
      const [calls, input, cached, output, cost] = values.slice(16);
      return [this.name, this.label, cost, shared[values[10]], shared[values[9]], shared[values[11]],
        calls, input, cached, output, ''];
    }
  }

  const visible = text => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g,
    sign => sign < ' ' ? String.fromCharCode(0x2400 + sign.charCodeAt(0)) : sign === '\u007f' ? '\u2421' : '\ufffd');

  const fill = row => {
    const element = blank.cloneNode(true);
    const cells = element.cells;
    const link = element.querySelector('a');
    const name = visible(row.name);
    element.className = row.status;
    link.title = name;
    link.firstElementChild.textContent = name;
    if (document.getElementById(row.anchor)) {
      link.href = '#' + encodeURIComponent(row.anchor);
    }
    if (row.kind) {
      const kind = document.createElement('span');
      kind.className = 'kind';
      kind.textContent = row.kind;
      link.after(kind);
    }
    element.querySelector('.of').firstElementChild.textContent = visible(row.testClass);
    const badge = cells[1].firstElementChild;
    badge.className = 'badge ' + row.status;
    badge.textContent = row.label;
    row.texts.forEach((text, index) => {
      if (index === 3) {
        cells[3].querySelector('.n').textContent = text;
      } else if (index > 1 && index < 10) {
        cells[index].textContent = text;
      }
    });
    const [tone, used, over, warning] = row.bar;
    const bar = cells[3].firstElementChild;
    bar.setAttribute('class', 'bar ' + tone);
    bar.querySelector('.used').setAttribute('width', used);
    bar.querySelector('.beyond').setAttribute('width', over);
    bar.querySelector('.warn').setAttribute('x', warning);
    bar.querySelector('.warn').setAttribute('width', warning ? 1 : 0);
    row.models.forEach(model => {
      const name = document.createElement('bdi');
      name.textContent = visible(model);
      cells[10].append(name);
    });
    return element;
  };

  const unpacked = async text => {
    const signs = atob(text);
    const bytes = new Uint8Array(signs.length);
    for (let at = 0; at < signs.length; at++) {
      bytes[at] = signs.charCodeAt(at);
    }
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    const { rows, shared } = JSON.parse(await new Response(stream).text());
    return rows.map(values => new DataRow(values, shared));
  };

  const inPage = () => [...body.rows].map(ofElement);
  let rows = data ? [] : inPage();
  const searched = row => row.searched ??= [row.name, row.testClass, row.anchor, ...row.models].join('\n').toLowerCase();

  // So that the first search of many rows need not do it.
  const prepare = from => {
    rows.slice(from, from + 5000).forEach(searched);
    if (from < rows.length) {
      setTimeout(prepare, 0, from + 5000);
    }
  };

  const USED = 3;
  const HEADROOM = 5;

  // What is not known is no number.
  const number = text => {
    const digits = text.replace(/[^\d.]/g, '');
    return digits ? Number(digits) : NaN;
  };
  const share = text => text === 'over' ? Infinity : text === '>100%' ? 100.5 : number(text);
  const key = (row, column) =>
    column === USED ? share(row.texts[USED])
      : column === HEADROOM ? -share(row.texts[USED])
        : row.texts[column] === '-' ? 0 : number(row.texts[column]);

  const state = { q: '', show: '', model: '', role: '', sort: '', down: '' };
  let limit = STEP;
  let shown = rows;

  const matches = () => {
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter(row =>
      (!state.show || row.status === state.show || row.marks.includes(state.show))
      && (!state.model || row.models.includes(state.model))
      && (!state.role || row.roles.includes(state.role))
      && words.every(word => searched(row).includes(word)));
  };

  const sorted = found => {
    const column = headers.findIndex(header => header.dataset.sort === state.sort);
    if (column < 0) {
      return found;
    }
    const isNumber = headers[column].classList.contains('n') || column === USED;
    const text = row => (column === 10 ? row.models.join() : column === 0 ? row.name : row.texts[column]).toLowerCase();
    const keyed = found.map(row => ({ row, key: isNumber ? key(row, column) : text(row) }));
    const way = state.down ? -1 : 1;
    // What has no number comes last, whichever way one sorts.
    keyed.sort((a, b) => Number.isNaN(a.key) - Number.isNaN(b.key) || (a.key < b.key ? -way : a.key > b.key ? way : 0));
    return keyed.map(({ row }) => row);
  };

  const render = () => {
    body.replaceChildren(...shown.slice(0, limit).map(row => row.element ??= fill(row)));
    count.firstElementChild.textContent = shown.length.toLocaleString('en-US');
    const hidden = shown.length - limit;
    rest.hidden = hidden <= 0;
    rest.firstElementChild.textContent = `Show ${Math.min(STEP, hidden).toLocaleString('en-US')} more of ${Math.max(0, hidden).toLocaleString('en-US')}`;
    headers.forEach(header => header.removeAttribute('aria-sort'));
    headers.find(header => header.dataset.sort === state.sort)?.setAttribute('aria-sort', state.down ? 'descending' : 'ascending');
  };

  const update = () => {
    limit = data ? STEP : rows.length;
    shown = sorted(matches());
    render();
  };

  // The filters stand in the address, so that a filtered view can be linked to.

  const address = () => {
    const set = Object.entries(state).filter(([, value]) => value);
    return set.length ? '#?' + new URLSearchParams(set) : '#overview';
  };

  const remember = () => {
    history.replaceState(null, '', address());
    update();
  };

  const place = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch (malformed) {
      return location.hash.slice(1);
    }
  };

  const restore = () => {
    const isState = location.hash.startsWith('#?');
    const isPlace = !isState && location.hash !== '';
    if (isPlace && document.getElementById(place())) {
      return;
    }
    // A test that has no page of its own is at least found.
    const parameters = new URLSearchParams(isState ? location.hash.slice(2) : isPlace ? { q: place() } : '');
    Object.keys(state).forEach(key => { state[key] = parameters.get(key) ?? ''; });
    ['q', 'show', 'model', 'role'].forEach(key => {
      form.elements[key].value = state[key];
      // A link may ask for a model that this report does not have.
      state[key] = form.elements[key].value;
    });
    update();
  };

  const offer = (select, valuesOf) => {
    const known = new Set([...select.options].map(option => option.value));
    const values = new Set();
    rows.forEach(row => valuesOf(row).forEach(value => values.add(value)));
    [...values].sort().filter(value => value && !known.has(value)).forEach(value => select.add(new Option(visible(value), value)));
  };

  const ready = () => {
    offer(form.elements.model, row => row.models);
    offer(form.elements.role, row => row.roles);
    form.hidden = false;
    if (data) {
      update();
    }
    setTimeout(prepare, 0, 0);
    if (location.hash !== '') {
      restore();
    }
    document.documentElement.dataset.ready = 'true';
  };

  headers.forEach(header => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = header.textContent;
    header.dataset.sort = header.textContent.toLowerCase();
    header.replaceChildren(button);
    button.addEventListener('click', () => {
      const numbersFirstDown = header.classList.contains('n') || header.dataset.sort === 'used';
      const again = state.sort === header.dataset.sort;
      state.down = (again ? !state.down : numbersFirstDown) ? '1' : '';
      state.sort = header.dataset.sort;
      remember();
    });
  });
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('input', () => {
    ['q', 'show', 'model', 'role'].forEach(key => { state[key] = form.elements[key].value; });
    remember();
  });
  form.addEventListener('reset', () => {
    Object.keys(state).forEach(key => { state[key] = ''; });
    remember();
  });
  rest.firstElementChild.addEventListener('click', () => {
    limit += STEP;
    render();
  });
  document.addEventListener('click', event => {
    const back = event.target.closest('a.back');
    if (back) {
      back.href = address();
    }
  });
  window.addEventListener('hashchange', restore);

  if (data) {
    unpacked(data.textContent).then(all => { rows = all; }, error => {
      rows = inPage();
      console.warn('Only the first rows can be filtered.', error);
    }).then(ready);
  } else {
    ready();
  }
})();
