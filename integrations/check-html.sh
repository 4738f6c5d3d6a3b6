#!/bin/sh
# The HTML report in a real browser: loads without errors, filters work, a hostile answer stays text.
# Needs Chromium (Debian: apt-get install chromium). Usage: integrations/check-html.sh [path of otvet]
set -eu
otvet=${1:-target/release/otvet}
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/answers.jsonl" <<'ANSWERS'
{"id": "1", "candidate": "Анна", "question_id": "weaknesses", "text": "Я медленно вхожу в новое дело, поэтому первую неделю записываю каждый шаг."}
{"id": "2", "candidate": "Борис", "question_id": "improve-metrics", "text": "Отток рос. Мне поручили его снизить. Я пересчитал маршруты. За месяц отток упал с 12 % до 3 %."}
{"id": "<img src=x onerror=document.title='взлом'>", "candidate": "\"><script>document.title='взлом'</script>", "text": "<script>document.title='взлом'</script> \"Я\" & 'мы' \u202e</span> всегда старался держать слово."}
{"id": "4", "candidate": "Анна", "text": 5}
ANSWERS
"$otvet" batch "$folder/answers.jsonl" -o "$folder/report.html" 2> "$folder/log" && exit 1 || test $? -eq 2

# A copy with a script that uses the page and writes down what it sees. Errors are collected from the first line on.
cat > "$folder/first.js" <<'FIRST'
window.problems = []; addEventListener('error', (event) => problems.push(event.message)); addEventListener('securitypolicyviolation', (event) => problems.push(event.violatedDirective));
FIRST
cat > "$folder/last.js" <<'LAST'
const wait = (time) => new Promise((done) => setTimeout(done, time));
const check = (what, found, wanted) => { if (found !== wanted) problems.push(`${what}: ${found}, wanted ${wanted}`); };
(async () => {
  await wait(200);
  const form = document.getElementById('filters');
  const seen = () => document.querySelectorAll('#list article:not([hidden])').length;
  const set = async (field, value) => { form.elements[field].value = value; form.elements[field].dispatchEvent(new Event('change', { bubbles: true })); await wait(200); };
  check('title', document.title.includes('взлом'), false);
  check('images', document.images.length, 0);
  check('scripts', document.scripts.length, 3);
  check('answers', seen(), 3);
  await set('question', 'weaknesses'); check('by question', seen(), 1);
  form.reset(); await wait(200); check('after reset', seen(), 3);
  await set('from', '101'); check('by score', seen(), 0); form.reset(); await wait(200);
  await set('words', 'МАРШРУТЫ'); check('by words', seen(), 1); form.reset(); await wait(200);
  await set('rule', 'structure/no-result'); check('by rule', seen() < 3, true); form.reset(); await wait(200);
  await set('order', 'best');
  const scores = Array.from(document.querySelectorAll('#list article')).map((article) => Number(article.dataset.score));
  check('order', scores.every((score, index) => index === 0 || scores[index - 1] >= score), true);
  location.hash = '#c1'; await wait(300);
  check('one candidate', document.querySelectorAll('.person:not([hidden])').length, 1);
  check('their answers', seen(), 1);
  form.reset(); await wait(200);
  document.getElementById('unfold').click();
  const mark = document.querySelector('#list .mark[tabindex="0"]');
  check('a finding takes the focus', mark !== null, true);
  // By keyboard: a finding is explained on focus until Escape, a heading sorts on Enter, everything to press can be reached.
  const tip = mark && mark.querySelector('.tip');
  check('a finding is explained', Boolean(tip), true);
  if (tip) {
    mark.focus(); check('a tip on focus', getComputedStyle(tip).display, 'block');
    mark.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })); check('no tip after Escape', getComputedStyle(tip).display, 'none');
  }
  const head = document.querySelector('th[data-sort="number"]');
  head.focus(); head.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  check('sorted by Enter', head.getAttribute('aria-sort'), 'ascending');
  check('all within reach', document.querySelectorAll('a:not([href]), [onclick], [tabindex]:not([tabindex="0"])').length, 0);
  // On paper: what is shown is open, and closed again after.
  document.getElementById('unfold').click(); await set('question', 'weaknesses');
  dispatchEvent(new Event('beforeprint')); check('open on paper', document.querySelectorAll('#list article:not([hidden]) details:not([open])').length, 0);
  check('hidden stays closed', document.querySelectorAll('#list article[hidden] details[open]').length, 0);
  dispatchEvent(new Event('afterprint')); check('closed after', document.querySelectorAll('#list details[open]').length, 0);
  document.getElementById('theme').click();
  check('theme', document.documentElement.classList.length, 1);
  check('width', document.documentElement.scrollWidth <= innerWidth, true);
  document.body.insertAdjacentHTML('beforeend', '<pre id="verdict"></pre>');
  document.getElementById('verdict').textContent = problems.length ? 'FAILED ' + problems.join(' | ') : 'PASSED';
})();
LAST
awk -v first="$folder/first.js" -v last="$folder/last.js" '
  /<title>/ { print "<script>"; while ((getline line < first) > 0) print line; print "</script>" }
  { print }
  /<\/body>/ { exit }
' "$folder/report.html" | sed '/^<\/body>/d' > "$folder/test.html"
{ echo '<script>'; cat "$folder/last.js"; echo '</script></body></html>'; } >> "$folder/test.html"

for size in 1280,900 390,800; do
  verdict=$("$browser" --headless --no-sandbox --disable-gpu --window-size=$size --virtual-time-budget=8000 --dump-dom "file://$folder/test.html" 2> /dev/null | grep -o '<pre id="verdict">.*</pre>' || echo 'no verdict')
  echo "$size: $verdict"
  case $verdict in *PASSED*) ;; *) exit 1 ;; esac
done
