import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { pageChunks, preloadPage } from './page-chunks.ts';

// Native code cannot be bundled; everything else is, so that the packaged app carries no node_modules but these.
const native = ['better-sqlite3', /^@serialport\//, 'bufferutil', 'utf-8-validate'];

// modbus-serial would load the serial port's native code for every user of Modbus TCP: 40 ms of each start.
const SERIAL = '\0serialport-when-opened';
const serialPortWhenOpened = {
  name: 'serialport-when-opened',
  enforce: 'pre' as const,
  resolveId(id: string, importer?: string) {
    if (id !== 'serialport') return undefined;
    return importer?.includes('modbus-serial') ? SERIAL : { id, external: true };
  },
  load: (id: string) =>
    id === SERIAL
      ? `import { createRequire } from 'node:module';
         const load = createRequire(import.meta.url);
         export class SerialPort {
           constructor(...options) { return new (load('serialport').SerialPort)(...options); }
           static list() { return load('serialport').SerialPort.list(); }
         }`
      : undefined,
};

const ZOD = /node_modules[\\/]zod[\\/]/;
// Each process loads only what it uses of these.
const librariesApart = [
  { name: 'zod', test: ZOD },
  { name: 'temporal', test: /node_modules[\\/]temporal-/ },
];
// Compiling a check from a string pays off for what is checked often; a start checks everything once.
const zodWithoutCompiler = ({ moduleIds }: { moduleIds: readonly string[] }) =>
  moduleIds.some((id) => ZOD.test(id)) ? 'globalThis.__zod_globalConfig ??= { jitless: true };' : '';

// The oldest runtime that the app is run on: Electron 33, the fallback of scripts/fallback-runtime.mjs.
const target = { node: 'node20.18', page: 'chrome130' };

export default defineConfig({
  main: {
    plugins: [serialPortWhenOpened],
    build: {
      outDir: 'out/main',
      target: target.node,
      externalizeDeps: false,
      sourcemap: true,
      minify: true,
      rollupOptions: {
        input: {
          main: 'electron/main/main.ts',
          'utility-process': 'electron/engine/hosts/utility-process.ts',
          'simulator-process': 'electron/engine/hosts/simulator-process.ts',
          'planner-worker': 'electron/engine/hosts/planner-worker.ts',
          headless: 'electron/engine/hosts/headless.ts',
          spillway: 'electron/engine/hosts/spillway.ts',
        },
        external: native,
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          banner: zodWithoutCompiler,
          codeSplitting: { groups: librariesApart },
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: target.node,
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'electron/preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), preloadPage],
    build: {
      outDir: 'out/renderer',
      minify: true,
      target: target.page,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { index: 'renderer/index.html', login: 'renderer/login.html' }, output: pageChunks },
    },
  },
});
