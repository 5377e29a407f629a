import { GIFEncoder } from 'gifenc';
import { PNG } from 'pngjs';
import { Palette } from './palette';

/** Leaves the picture as it is for the next frame. */
const KEEP = 1;
/** Bytes of a pixel. */
const PIXEL = 4;

interface Still {
	/** Four bytes a pixel. */
	pixels: Uint8Array;
	/** Places of the pixels that are not as they were in the still before. */
	changed: number[];
	/** Milliseconds that it is shown. */
	ms: number;
}

/** A moving picture (GIF) of screenshots of one size, each shown for a while. */
export class Film {
	private readonly stills: Still[] = [];
	private size = { width: 0, height: 0 };

	/**
	 * Shows a screenshot. One that is like the last shows that for longer.
	 * @param png of the same size as all before
	 * @param ms how long it is shown; players know hundredths of a second
	 */
	show(png: Buffer, ms: number): void {
		const { data, width, height } = PNG.sync.read(png);
		const last = this.stills.at(-1);
		if (last && (width !== this.size.width || height !== this.size.height)) {
			throw new Error(`A picture of ${width}×${height} in a film of ${this.size.width}×${this.size.height}`);
		}
		this.size = { width, height };
		const changed = changes(data, last?.pixels);
		if (last && changed.length === 0) last.ms += ms;
		else this.stills.push({ pixels: data, changed, ms });
	}

	/** How long the film is, in milliseconds. */
	get ms(): number {
		return this.stills.reduce((sum, still) => sum + still.ms, 0);
	}

	/**
	 * The film as a file, which begins anew when it is over. A frame has only what changed, so that the file stays small.
	 */
	gif(): Uint8Array {
		const encoder = GIFEncoder();
		const palette = new Palette(this.stills);
		this.stills.forEach(({ pixels, changed, ms }, nth) => {
			const index = new Uint8Array(pixels.length / PIXEL).fill(palette.nothing);
			for (const at of changed) index[at / PIXEL] = palette.of(pixels, at);
			encoder.writeFrame(index, this.size.width, this.size.height, {
				palette: nth === 0 ? palette.colours : undefined,
				delay: ms,
				transparent: true,
				transparentIndex: palette.nothing,
				dispose: KEEP,
			});
		});
		encoder.finish();
		return encoder.bytes();
	}
}

function changes(pixels: Uint8Array, before: Uint8Array | undefined): number[] {
	const places: number[] = [];
	for (let at = 0; at < pixels.length; at += PIXEL) if (!before || differs(pixels, before, at)) places.push(at);
	return places;
}

function differs(pixels: Uint8Array, before: Uint8Array, at: number): boolean {
	return pixels[at] !== before[at] || pixels[at + 1] !== before[at + 1] || pixels[at + 2] !== before[at + 2];
}
