import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** In a time that does not tell how much of it was right. */
export const isSameSecret = (secret: string, given: string): boolean => timingSafeEqual(digest(secret), digest(given));
