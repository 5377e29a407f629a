declare module 'locutus/php/datetime/strtotime' {
	/** Reads a date the way PHP's strtotime() does. Times in seconds; false when the text is no date. */
	export default function strtotime(text: string, now?: number): number | false;
}
