import { expect, it } from 'vitest';
import { md5Crypt } from '#engine/transports/md5-crypt.ts';
import { decrypt, encrypt, whatsminerKeys } from '#engine/transports/whatsminer-cipher.ts';

// openssl passwd -1 -salt SALT PASSWORD
it.each([
  ['admin', 'abcdefgh', 'l/LAqC8oJERu7Cmx6trtY/'],
  ['a much longer pass phrase than sixteen', 'BQ5hoXV9', '2Bmyeeq/oLTKZ67xs1xQA/'],
  ['admin', 'BQ5hoXV9', 'RxmaDUO33TS7O26yeMHZ81'],
])('md5crypt of %s with salt %s', (password, salt, expected) => {
  expect(md5Crypt(password, salt)).toBe(expected);
});

it('derives what openssl derives', () => {
  const { aesKey, sign } = whatsminerKeys('admin', { salt: 'BQ5hoXV9', newsalt: 'wNB3yrbB', time: '4428' });
  expect({ key: aesKey.toString('hex'), sign }).toEqual({
    key: '199e0a202039bb7b558db7a54697dca29cb278055b7e659a127fb844d5a2fbf6',
    sign: 'YeDKdUErnDW.4fbB65LsD1',
  });
  expect(decrypt(aesKey, encrypt(aesKey, { cmd: 'status' }))).toBe('{"cmd":"status"}');
  expect(decrypt(aesKey, 'AAA')).toBeUndefined();
});
