'use strict';
(() => {
  const root = document.documentElement;
  const theme = document.getElementById('theme');
  const dark = () => root.classList.contains('dark') || (!root.classList.contains('light') && matchMedia('(prefers-color-scheme: dark)').matches);
  const name = () => { theme.textContent = dark() ? 'Светлая тема' : 'Тёмная тема'; };
  theme.hidden = false;
  name();
  theme.addEventListener('click', () => {
    const next = dark() ? 'light' : 'dark';
    root.classList.remove('light', 'dark');
    root.classList.add(next);
    name();
  });

  const form = document.getElementById('filters');
  const list = document.getElementById('list');
  const shown = document.getElementById('shown');
  const articles = Array.from(list.children).map((element, number) => ({
    element, number, text: null,
    question: element.dataset.question, candidate: element.dataset.candidate, score: Number(element.dataset.score),
    missing: element.dataset.missing, rules: element.dataset.rules,
  }));
  form.hidden = false;
  const value = (field) => (form.elements[field] ? form.elements[field].value : '*');
  const orders = {
    number: (one, other) => one.number - other.number,
    worst: (one, other) => one.score - other.score || one.number - other.number,
    best: (one, other) => other.score - one.score || one.number - other.number,
    question: (one, other) => one.question.localeCompare(other.question) || one.number - other.number,
  };
  let order = 'number';
  const bound = (field, otherwise) => { const number = Number(value(field)); return value(field) === '' || Number.isNaN(number) ? otherwise : number; };
  const apply = () => {
    const words = value('words').trim().toLowerCase().replaceAll('ё', 'е');
    const from = bound('from', 0), to = bound('to', 100);
    let count = 0;
    for (const article of articles) {
      if (words && article.text === null) article.text = article.element.textContent.toLowerCase().replaceAll('ё', 'е');
      const fits = (value('question') === '*' || article.question === value('question'))
        && (value('candidate') === '*' || article.candidate === value('candidate'))
        && article.score >= from && article.score <= to
        && article.missing.includes(value('missing'))
        && (value('rule') === '' || article.rules.includes(' ' + value('rule') + ' '))
        && (!words || article.text.includes(words));
      article.element.hidden = !fits;
      count += fits ? 1 : 0;
    }
    if (value('order') !== order) {
      order = value('order');
      list.append(...articles.slice().sort(orders[order]).map((article) => article.element));
    }
    shown.textContent = 'Показано ' + count + ' из ' + articles.length;
  };
  let waiting = 0;
  form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  form.addEventListener('change', apply);
  form.addEventListener('submit', (event) => { event.preventDefault(); apply(); });
  form.addEventListener('reset', () => setTimeout(apply, 0));
  const unfold = document.getElementById('unfold');
  unfold.addEventListener('click', () => {
    const open = unfold.textContent === 'Раскрыть все';
    for (const article of articles) if (!article.element.hidden) article.element.firstElementChild.open = open;
    unfold.textContent = open ? 'Свернуть все' : 'Раскрыть все';
  });
  const set = (field, wanted) => { form.reset(); form.elements[field].value = wanted; setTimeout(apply, 10); };
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-rule], a[data-question]');
    if (link) set(link.dataset.rule ? 'rule' : 'question', link.dataset.rule || link.dataset.question);
  });

  // A page per candidate: «#c3» shows that candidate alone, with their answers below.
  const people = Array.from(document.querySelectorAll('.person'));
  const answers = document.getElementById('answers');
  let alone = false;
  const route = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    const person = people.find((one) => one.id === hash);
    for (const one of people) one.hidden = one !== person;
    if (person) { set('candidate', hash.slice(1)); alone = true; } else if (alone && hash === 'candidates') { form.reset(); alone = false; setTimeout(apply, 10); }
    const target = hash && document.getElementById(hash);
    if (target && target.matches('article')) { target.hidden = false; target.firstElementChild.open = true; }
    if (target) target.scrollIntoView();
  };
  addEventListener('hashchange', route);
  const esc = (event) => { if (event.key === 'Escape' && document.activeElement.matches('.mark')) document.activeElement.blur(); };
  addEventListener('keydown', esc);

  for (const head of document.querySelectorAll('th[data-sort]')) {
    head.tabIndex = 0;
    const sort = () => {
      const body = head.closest('table').tBodies[0];
      const column = head.cellIndex;
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of head.parentElement.children) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const key = (row) => { const text = row.cells[column].textContent.trim(); return head.dataset.sort === 'number' ? Number(text.replace(',', '.').replace(/\s/g, '')) : text; };
      const rows = Array.from(body.rows).sort((one, other) => { const a = key(one), b = key(other); return typeof a === 'number' ? a - b : a.localeCompare(b, 'ru'); });
      body.append(...(down ? rows.reverse() : rows));
    };
    head.addEventListener('click', sort);
    head.addEventListener('keydown', (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); sort(); } });
  }

  // On paper what is shown is open.
  let folded = [];
  addEventListener('beforeprint', () => { folded = articles.filter((article) => !article.element.hidden).map((article) => article.element.firstElementChild).filter((one) => !one.open); for (const one of folded) one.open = true; });
  addEventListener('afterprint', () => { for (const one of folded) one.open = false; });
  for (const one of people) one.hidden = true;
  apply();
  route();
})();
