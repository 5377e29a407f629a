import type { Words } from './words';

/** `status` of the events 30012 and 30039 of the P-series' API. Not verified live. */
export const yeastar: Words = {
	outcomes: [
		['answered', 'ANSWERED'],
		['ended', 'BYE'],
		['busy', 'BUSY'],
		['unanswered', 'NO ANSWER', 'VOICEMAIL', 'ABANDONED'],
		['noRoute', 'FAILED'],
	],
	running: ['ALERT', 'RING', 'EARLYMEDIA', 'ANSWER', 'HOLD'],
};
