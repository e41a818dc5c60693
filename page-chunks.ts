import type { Plugin, Rollup } from 'vite';

// How the page is cut into files: what the first figure needs comes in few, since each costs a request and a module of its own.
const early =
  /(renderer[\\/](bridge|link[\\/](link|ports|host-word)|preferences[\\/]preferences|shell[\\/](shell-port|theme))|shared[\\/]rpc[\\/](client|contract))\.ts$|vite[\\/]preload-helper/;
const groups = [
  { name: 'icons', test: /lucide-react/ },
  { name: 'early', priority: 1, test: early },
  { name: 'common', test: /renderer[\\/](i18n|link|ui|preferences)[\\/](?!pop-over)[^/\\]+\.tsx?$/ },
];

export const pageChunks = { codeSplitting: { groups } };

const isPage = (file: Rollup.OutputAsset | Rollup.OutputChunk): file is Rollup.OutputChunk =>
  file.type === 'chunk' && file.moduleIds.some((id) => id.endsWith('renderer/page.tsx'));

/** The page's own code is asked for together with `main.ts`, which draws it when it has reached for the engine. */
export const preloadPage: Plugin = {
  name: 'preload-page',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle, filename }) {
      const page = Object.values(bundle ?? {}).find(isPage);
      if (!page || !filename.endsWith('index.html')) return [];
      const scripts = [page.fileName, ...page.imports].map((file) => ({ rel: 'modulepreload', file }));
      const styles = [...(page.viteMetadata?.importedCss ?? [])].map((file) => ({ rel: 'stylesheet', file }));
      return [...scripts, ...styles]
        .filter(({ file }) => !html.includes(file))
        .map(({ rel, file }) => ({ tag: 'link', attrs: { rel, crossorigin: true, href: `./${file}` } }));
    },
  },
};
