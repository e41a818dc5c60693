import { useSyncExternalStore } from 'react';
import { views, type View } from '#shared/views.ts';

export interface Place {
  view: View;
  params: URLSearchParams;
}

function parse(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const view = views.find((each) => each === path) ?? 'now';
  return { view, params: new URLSearchParams(query) };
}

let cache = { hash: '', place: parse('') };
function current(): Place {
  const { hash } = window.location;
  if (cache.hash !== hash) cache = { hash, place: parse(hash) };
  return cache.place;
}

function subscribe(listener: () => void) {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The view and its parameters, kept in the address: back, reload and a second window keep their place. */
export const usePlace = (): Place => useSyncExternalStore(subscribe, current);

export function addressOf(view: View, params?: Record<string, string>): string {
  const query = params ? `?${new URLSearchParams(params).toString()}` : '';
  return `#/${view}${query}`;
}
