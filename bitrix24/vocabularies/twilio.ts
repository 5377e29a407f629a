import type { Words } from './words';

/** CallStatus and DialCallStatus, help page 223132547 and the page of the verb Dial. */
export const twilio: Words = {
	outcomes: [
		['answered', 'answered', 'in-progress'],
		['ended', 'completed'],
		['busy', 'busy'],
		['unanswered', 'no-answer'],
		['cancelled', 'canceled'],
		['noRoute', 'failed'],
	],
	running: ['queued', 'initiated', 'ringing'],
};
