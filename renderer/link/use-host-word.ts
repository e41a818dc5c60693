import { useSyncExternalStore } from 'react';
import { hostWord, onHostWord, type HostWord } from './host-word.ts';

/** Absent: the host said nothing. */
export const useHostWord = (): HostWord | undefined => useSyncExternalStore(onHostWord, hostWord);
