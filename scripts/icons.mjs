// npm run icons: draws assets/icon.png and the tray images from assets/icon.svg and the shapes below, with Chromium.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from './prepare.mjs';

const assets = join(root, 'assets');
const wall = 'M9 4h4c.4 7 2.6 12 8 15v2H9z';
const water = '<path d="M2 8c1.2-1 2.4-1 3.6 0M2 13c1.2-1 2.4-1 3.6 0M2 18c1.2-1 2.4-1 3.6 0"/>';
const outline = (dash = '') => `${water}<path d="${wall}" ${dash}/>`;
const dashed = 'stroke-dasharray="2 2.2"';
const hatch = '<path d="M9.6 8.5 12.8 6M9.6 13l4-3.4M9.6 17.4l5.4-4.6M11.4 20.6l5.6-4.8M16 20.6l2.6-2.2"/>';

/** One shape per state: they must be told apart without colour. */
const shapes = {
  idle: outline(),
  mining: `${water}<path d="${wall}" fill="currentColor"/>`,
  curtailing: outline() + hatch,
  off: `${outline()}<path d="M2.5 2.5l19 19"/>`,
  attention: '<path d="M12 3 22 20.5H2z"/><path d="M12 9.5v5M12 17.4v.2"/>',
  'engine-lost': '<path d="M4 4l16 16M20 4 4 20"/>',
  'idle-simulated': outline(dashed),
  'mining-simulated': `${water}<path d="${wall}" ${dashed}/><path d="M11 12h.2l3.2 7H11z" fill="currentColor"/>`,
  'curtailing-simulated': outline(dashed) + hatch,
  'off-simulated': `${outline(dashed)}<path d="M2.5 2.5l19 19"/>`,
};

function trayShape(shape, color, size) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" color="${color}" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">${shape}</svg>`;
}

/** Black for macOS, which inverts a template image itself; elsewhere a tone that stands out on light and dark bars. */
const looks = [
  { suffix: 'Template', color: '#000', size: 16 },
  { suffix: '', color: '#1f9e85', size: 24 },
];

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();

async function draw(svg, size, file) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  writeFileSync(join(assets, file), await page.screenshot({ omitBackground: true }));
}

await draw(readFileSync(join(assets, 'icon.svg'), 'utf8'), 1024, 'icon.png');
for (const [name, shape] of Object.entries(shapes)) {
  for (const { suffix, color, size } of looks) {
    await draw(trayShape(shape, color, size), size, `tray/${name}${suffix}.png`);
    await draw(trayShape(shape, color, size * 2), size * 2, `tray/${name}${suffix}@2x.png`);
  }
}
await browser.close();
