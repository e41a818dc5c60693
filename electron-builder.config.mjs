// How the app is packaged. `npm run package` gives the folder for this machine (scripts/package.mjs); the installers need
// tools that electron-builder fetches from GitHub, and on macOS and Windows the owner's signing certificates.

import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** Playwright drives the packaged app through the inspector; a release has it off. */
const forTests = process.env.SPILLWAY_PACKAGE === 'e2e';

/** Where this release finds newer ones, and the key that signs them; both set by the release workflow. Absent: no updates. */
const { SPILLWAY_FEED_URL: feedUrl, SPILLWAY_UPDATE_KEY: publicKey } = process.env;
const hasUpdates = !forTests && Boolean(feedUrl && publicKey);

export default {
  appId: 'app.spillway.desktop',
  productName: 'Spillway',
  copyright: 'Copyright © 2026 the Spillway authors',
  directories: { output: forTests ? 'dist/e2e' : 'dist/release' },
  // The bundles hold all JavaScript; `dependencies` are the packages with native code, which cannot be bundled.
  files: [
    'out/**',
    'LICENSE',
    '!out/**/*.map',
    'assets/icon.png',
    'assets/tray/**',
    '!node_modules/better-sqlite3/{deps,src,build/!(Release),build/Release/!(better_sqlite3.node)}',
    '!**/node_modules/node-addon-api/**',
    '!node_modules/@serialport/bindings-cpp/prebuilds/android-*/**',
    '!node_modules/@serialport/bindings-cpp/{src,binding.gyp}',
    '!**/*.{md,d.ts,d.ts.map,js.map}',
  ],
  asar: true,
  asarUnpack: ['**/*.node'],
  // better-sqlite3 and serialport bring Node-API prebuilds.
  npmRebuild: false,
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: forTests,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  // Where it does not come from electron-builder's own download, Electron's folder still holds this.
  afterPack: ({ appOutDir }) => rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true }),
  icon: 'assets/icon.png',
  publish: hasUpdates ? { provider: 'generic', url: feedUrl } : null,
  extraMetadata: hasUpdates ? { updates: { feedUrl, publicKey } } : {},
  artifactName: 'spillway-${version}-${os}-${arch}.${ext}',
  // A site file describes a site with its devices; what it would run is shown before it is used (main/site-file.ts).
  fileAssociations: [
    {
      ext: 'spillway',
      name: 'Spillway site',
      description: 'Spillway site file',
      mimeType: 'application/x-spillway-site',
    },
  ],
  // A link opens a view and does nothing else (main/link.ts). On Windows the app enters itself (main/opened.ts).
  protocols: [{ name: 'Spillway view', schemes: ['spillway'] }],
  linux: {
    category: 'Utility',
    executableName: 'spillway',
    synopsis: 'Runs a Bitcoin miner on exactly the renewable energy that has nowhere else to go',
    maintainer: 'Spillway <maintainers@spillway.invalid>',
    target: ['AppImage', 'deb', 'rpm'],
  },
  mac: {
    category: 'public.app-category.utilities',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    minimumSystemVersion: '12.0',
    extendInfo: {
      NSLocalNetworkUsageDescription: 'Spillway reads inverters and meters and commands miners in your network.',
    },
    entitlements: 'assets/entitlements.mac.plist',
    entitlementsInherit: 'assets/entitlements.mac.plist',
    // Owners download the dmg; updates are fetched as the zip.
    target: ['dmg', 'zip'].map((target) => ({ target, arch: ['arm64', 'x64'] })),
  },
  win: { target: [{ target: 'nsis', arch: ['x64', 'arm64'] }] },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    // The ledger is the owner's.
    deleteAppDataOnUninstall: false,
    license: 'LICENSE',
  },
};
