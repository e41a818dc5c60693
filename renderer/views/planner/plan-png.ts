import type { PlanMoney } from '#shared/plan-result.ts';
import { colourOf } from '../../charts/colours.ts';
import { fanShape, HEIGHT, WIDTH } from './fan-shape.ts';

const EDGE_PX = 32;
const LINE_PX = 22;
const GAP_PX = 12;

/**
 * The plan's result as one picture, two pixels a pixel: its name, the verdict as the page words it, and the fan of money.
 * @returns undefined while the page shows no verdict
 */
export async function planPng(name: string, money: PlanMoney): Promise<Blob | undefined> {
  const shape = fanShape(money);
  const told = (selector: string) =>
    [...document.querySelectorAll<HTMLElement>(selector)].map((each) => each.innerText);
  const [verdict] = told('.verdict h2');
  const picture = document.createElement('canvas');
  const context = picture.getContext('2d');
  if (!shape || verdict === undefined || !context) return undefined;

  const { fontFamily } = getComputedStyle(document.body);
  const body = `14px ${fontFamily}`;
  context.font = body;
  const facts = told('.verdict .planner-parts > div').map((fact) => fact.replace(/\s*\n\s*/g, ': '));
  const before = [...told('.verdict > p'), ...facts].flatMap((text) => wrapped(context, text));
  const after = told('.fan-summary').flatMap((text) => wrapped(context, text));
  const headPx = EDGE_PX + 2 * 30 + before.length * LINE_PX + GAP_PX;
  const heightPx = headPx + HEIGHT + 2 * GAP_PX + (after.length + 1) * LINE_PX + EDGE_PX / 2;
  picture.width = 2 * (WIDTH + 2 * EDGE_PX);
  picture.height = 2 * heightPx;

  const rightToLeft = document.documentElement.dir === 'rtl';
  context.scale(2, 2);
  context.direction = rightToLeft ? 'rtl' : 'ltr';
  context.textAlign = 'start';
  context.fillStyle = colourOf('--card');
  context.fillRect(0, 0, picture.width, picture.height);
  let y = EDGE_PX;
  const write = (text: string, font: string, colour: string, downPx: number) => {
    y += downPx;
    context.font = font;
    context.fillStyle = colourOf(colour);
    context.fillText(text, rightToLeft ? EDGE_PX + WIDTH : EDGE_PX, y);
  };
  write(name, `600 20px ${fontFamily}`, '--text', 0);
  write(verdict, `600 18px ${fontFamily}`, '--text', 30);
  for (const line of before) write(line, body, '--text', LINE_PX);
  drawFan(context, shape, headPx, fontFamily);
  y = headPx + HEIGHT + GAP_PX;
  for (const line of after) write(line, body, '--text', LINE_PX);
  for (const line of told('.fan-axis')) write(line, `12px ${fontFamily}`, '--muted', LINE_PX);
  return new Promise((resolve) => picture.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
}

/** Lines no wider than the fan. */
function wrapped(context: CanvasRenderingContext2D, text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trimStart();
    if (lines.length === 0 || context.measureText(longer).width > WIDTH) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function drawFan(
  context: CanvasRenderingContext2D,
  { band, middle, zeroY, marks }: NonNullable<ReturnType<typeof fanShape>>,
  topPx: number,
  fontFamily: string,
): void {
  const path = (corners: readonly string[]) => new Path2D(`M${corners.join('L')}`);
  context.save();
  context.translate(EDGE_PX, topPx);
  context.fillStyle = colourOf('--accent-soft');
  context.fill(path(band));
  context.strokeStyle = colourOf('--edge');
  context.setLineDash([4, 4]);
  context.stroke(path([`0,${zeroY}`, `${WIDTH},${zeroY}`]));
  context.setLineDash([]);
  context.strokeStyle = colourOf('--accent');
  context.lineWidth = 2;
  context.stroke(path(middle));
  context.direction = 'ltr';
  context.textAlign = 'center';
  context.font = `12px ${fontFamily}`;
  context.fillStyle = colourOf('--muted');
  for (const { month, x } of marks) context.fillText(String(month), x, HEIGHT - 6);
  context.restore();
}
