import '@fontsource-variable/inter/index.css';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/controls.css';
import '../ui/fields.css';
import './login.css';
import { words } from './words.ts';

/** What an owner chose in the dashboard of this very browser. */
function chosen(): { language?: string; theme?: string } {
  try {
    return JSON.parse(localStorage.getItem('spillway.preferences') ?? '{}') as { language?: string; theme?: string };
  } catch {
    return {};
  }
}

const { language: ownLanguage, theme } = chosen();
const language = [ownLanguage, ...navigator.languages.map((each) => each.split('-')[0])].find(
  (each): each is string => each !== undefined && Object.hasOwn(words, each),
);
const say = words[language ?? 'en']!;
const find = <E extends Element>(selector: string) => document.querySelector<E>(selector)!;
const form = find<HTMLFormElement>('form');
const password = find<HTMLInputElement>('input[type=password]');
const button = find<HTMLButtonElement>('button');
const problem = find<HTMLElement>('.login-problem');
const hint = find<HTMLElement>('.login-hint');

document.documentElement.lang = language ?? 'en';
document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
document.title = say.title;
find('h1').textContent = say.title;
find('.field span').textContent = say.password;
hint.textContent = say.hint;
button.textContent = say.signIn;

async function send(secret: { password: string } | { pairing: string }): Promise<string | undefined> {
  let answer: { outcome?: string; seconds?: number };
  try {
    const reply = await fetch('/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(secret),
    });
    answer = (await reply.json()) as typeof answer;
  } catch {
    return say.away;
  }
  const unit = { style: 'unit', unit: 'second', unitDisplay: 'long' } as const;
  const { outcome, seconds = 1 } = answer;
  if (outcome === 'ok') return undefined;
  if (outcome === 'wait') return say.wait(new Intl.NumberFormat(language, unit).format(seconds));
  return outcome === 'void' ? say.void : say.wrong;
}

/** A deep link such as `/login#/devices` goes on to its view. */
const goOn = () => location.replace(`/${location.hash.startsWith('#/') ? location.hash : ''}`);

async function signIn() {
  button.disabled = true;
  button.textContent = say.signingIn;
  problem.textContent = '';
  const refusal = await send({ password: password.value });
  if (refusal === undefined) return goOn();
  button.disabled = false;
  button.textContent = say.signIn;
  problem.textContent = refusal;
  password.select();
}

async function pair(pairing: string) {
  hint.textContent = say.pairing;
  // It works once: a reload must not say that it is too old.
  history.replaceState(undefined, '', '/login');
  const refusal = await send({ pairing });
  if (refusal === undefined) return goOn();
  hint.textContent = say.hint;
  problem.textContent = refusal;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void signIn();
});
form.hidden = false;
const code = new URLSearchParams(location.hash.slice(1)).get('pair');
if (code) void pair(code);
else password.focus();
