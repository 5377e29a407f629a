/** What is used of gifenc 1.0.3, which brings no types (its README, "API"). */
declare module 'gifenc' {
	/** Red, green and blue, 0 to 255. */
	export type Colour = [number, number, number];

	/** The colours that stand best for these pixels of four bytes each; at most so many. */
	export function quantize(rgba: Uint8Array, maxColours: number): Colour[];

	/** The place of the nearest colour in the palette. */
	export function nearestColorIndex(palette: Colour[], colour: Colour): number;

	/** How a frame is drawn. */
	export interface Frame {
		/** Of the whole picture; only the first frame brings it. */
		palette?: Colour[];
		/** Milliseconds. */
		delay: number;
		transparent: boolean;
		transparentIndex: number;
		/** 1 leaves the picture for the next frame to draw on. */
		dispose: number;
	}

	export interface Encoder {
		writeFrame(index: Uint8Array, width: number, height: number, frame: Frame): void;
		finish(): void;
		bytes(): Uint8Array;
	}

	export function GIFEncoder(): Encoder;
}
