import { sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileOf, isOurs } from '../../electron/main/page-address.ts';

describe('whose address it is', () => {
  it.each([
    ['app://spillway/index.html', true],
    ['app://spillway/#/devices', true],
    ['app://spillway.evil.invalid/index.html', false],
    ['app://spillway@evil.invalid/', false],
    ['https://evil.invalid/?app://spillway', false],
    ['http://spillway/', false],
    ['file:///app://spillway/index.html', false],
    ['javascript:alert(1)', false],
    ['not an address', false],
    ['', false],
  ])('%s: %s', (address, ours) => {
    expect(isOurs(address)).toBe(ours);
  });
});

describe('which file an address means', () => {
  const folder = `${sep}app${sep}out`;
  it.each([
    ['app://spillway/', 'index.html'],
    ['app://spillway/index.html?a#b', 'index.html'],
    ['app://spillway/assets/main%20page.js', `assets${sep}main page.js`],
    ['app://spillway/../../etc/passwd', `etc${sep}passwd`],
    ['app://spillway/%2e%2e/%2e%2e/etc/passwd', `etc${sep}passwd`],
    ['app://spillway/..%2f..%2fetc/passwd', undefined],
    ['app://spillway/%00', undefined],
    ['app://spillway/%zz', undefined],
    ['app://elsewhere/index.html', undefined],
  ])('%s: %s', (address, file) => {
    expect(fileOf(address, folder)).toBe(file && `${folder}${sep}${file}`);
  });
});
