// The floors of the project (CONTRIBUTING.md): who may import whom. Run by scripts/layers.mjs.
const engine = '^electron/engine';
const pure = `${engine}/(control|accounting|profiles)/|${engine}/devices/(decode|normalize)(/|[.]ts$)`;
const areas = [
  'devices',
  'miners',
  'market',
  'storage',
  'simulator',
  'planner',
  'home-assistant',
  'fleet',
  'diagnostics',
];
const seams = `${engine}/(transports|system)/`;

// Packages and node: count as modules.
function only(name, from, allowed, comment) {
  return { name, comment, severity: 'error', from, to: { pathNot: allowed } };
}

export default {
  forbidden: [
    { name: 'unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only(
      'shared-is-floor-0',
      { path: '^shared/' },
      ['^shared/', 'node_modules/(zod|temporal-polyfill)/'],
      'shared imports zod and temporal-polyfill only',
    ),
    only(
      'pure-is-floor-1',
      { path: pure },
      ['^shared/', pure, 'node_modules/zod/'],
      'the pure floor imports shared and zod only: no node:, no clock',
    ),
    {
      name: 'seams-below-areas',
      severity: 'error',
      from: { path: seams },
      to: { path: engine, pathNot: [seams, pure] },
    },
    ...areas.map((area) => ({
      name: `${area}-alone`,
      comment: 'areas of floor 2 meet in engine.ts, never in each other',
      severity: 'error',
      from: { path: `${engine}/${area}/`, pathNot: pure },
      to: { path: engine, pathNot: [`${engine}/${area}/`, seams, pure] },
    })),
    {
      name: 'engine-below-hosts',
      severity: 'error',
      from: { path: engine, pathNot: `${engine}/hosts/` },
      to: { path: `${engine}/hosts/` },
    },
    {
      name: 'engine-knows-no-shell',
      severity: 'error',
      from: { path: engine },
      to: { path: '^(electron/(main|preload)|renderer)/' },
    },
    {
      name: 'engine-knows-no-electron',
      severity: 'error',
      from: { path: engine },
      to: { path: 'node_modules/electron/|^electron$' },
    },
    {
      name: 'hosts-start-the-engine',
      severity: 'error',
      from: { path: `${engine}/hosts/` },
      to: {
        path: engine,
        pathNot: [`${engine}/hosts/`, `${engine}/[^/]+[.]ts$`, `${engine}/(system|simulator|planner)/`],
      },
    },
    {
      name: 'shell-forks-the-engine-by-path',
      severity: 'error',
      from: { path: '^electron/(main|preload)/' },
      to: { path: ['^renderer/', engine] },
    },
    { name: 'renderer-draws', severity: 'error', from: { path: '^renderer/' }, to: { path: '^electron/' } },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'packages-are-declared',
      severity: 'error',
      from: { path: '^(shared|electron|renderer)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    // Under TypeScript 7 the default parser finds no modules and reports success.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]css$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
