import { useSyncExternalStore } from 'react';
import { onPreferences, preferences } from './preferences.ts';

export const usePreferences = () => useSyncExternalStore(onPreferences, preferences);
