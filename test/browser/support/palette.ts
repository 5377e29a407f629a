import { type Colour, nearestColorIndex, quantize } from 'gifenc';

/** The colours used most stay as they are, so that the ground of a page has no shades; the others share the rest. */
const EXACT = 200;
/** A GIF has 256 at most, and one of them stands for no change. */
const LARGEST = 255;

/** Pixels, and the places of those that matter. */
interface Part {
	/** Four bytes a pixel. */
	pixels: Uint8Array;
	changed: number[];
}

/** The colours of a whole film, so that a thing has the same colour in each of its frames. */
export class Palette {
	readonly colours: Colour[];
	/** The place that stands for "as before". */
	readonly nothing: number;
	/** Place in the palette by the colour's number. */
	private readonly known = new Map<number, number>();

	constructor(parts: Part[]) {
		const counts = new Map<number, number>();
		for (const { pixels, changed } of parts) {
			for (const at of changed) counts.set(number(pixels, at), (counts.get(number(pixels, at)) ?? 0) + 1);
		}
		const byUse = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour);
		this.colours = [...byUse.slice(0, EXACT).map(channels), ...blend(byUse.slice(EXACT))];
		this.nothing = this.colours.length;
		this.colours.push([0, 0, 0]);
	}

	/** The place of a pixel's colour, or of the nearest that there is. */
	of(pixels: Uint8Array, at: number): number {
		const colour = number(pixels, at);
		const known = this.known.get(colour) ?? nearestColorIndex(this.colours.slice(0, this.nothing), channels(colour));
		this.known.set(colour, known);
		return known;
	}
}

function blend(colours: number[]): Colour[] {
	if (colours.length === 0) return [];
	return quantize(Uint8Array.from(colours.flatMap((colour) => [...channels(colour), 255])), LARGEST - EXACT);
}

function number(pixels: Uint8Array, at: number): number {
	return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
}

function channels(colour: number): Colour {
	return [colour >> 16, (colour >> 8) & 255, colour & 255];
}
