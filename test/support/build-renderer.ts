import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { pageChunks, preloadPage } from '../../page-chunks.ts';

const root = join(import.meta.dirname, '../..');

/** Builds the renderer as a browser gets it. @returns the folder */
export async function buildRenderer(outDir = join(root, '.cache/renderer')): Promise<string> {
  await build({
    root: join(root, 'renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [react(), preloadPage],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome140',
      rollupOptions: {
        input: { index: join(root, 'renderer/index.html'), login: join(root, 'renderer/login.html') },
        output: pageChunks,
      },
    },
  });
  return outDir;
}
