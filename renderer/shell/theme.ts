import { tellShell } from './shell-port.ts';
import { onPreferences, preferences } from '../preferences/preferences.ts';

/** Sets the theme on the page and keeps it in step with the preference. */
export function startTheme(): void {
  const apply = () => {
    const { theme } = preferences();
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    tellShell(preferences());
  };
  apply();
  onPreferences(apply);
}
