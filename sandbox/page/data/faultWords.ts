import type { FaultKind } from '../../portal/faults';

/** What each fault on demand is called on the page. */
const WORDS: Readonly<Record<FaultKind, string>> = {
	resetBeforeWork: 'Connection breaks before the work',
	resetAfterWork: 'Connection breaks after the work',
	delay: 'Answer comes late',
	html502: '502 with an HTML page',
	html503: '503 with an HTML page',
	html504: '504 with an HTML page',
	html504AfterWork: '504 although the work was done',
	cutJson: 'JSON is cut off',
	wrongContentType: 'Wrong content type',
	error: 'An error of the portal',
	eventLost: 'Event is lost',
	eventDoubled: 'Event comes twice',
	eventLate: 'Event comes late',
	eventOutOfOrder: 'Event overtakes the one before',
};

/** Words for a kind of fault; undefined for any other text, such as an error's code. */
export function faultWords(kind: string): string | undefined {
	return Object.entries(WORDS).find(([name]) => name === kind)?.[1];
}
