import type { Words } from './words';

/** Voice API webhook reference, enumeration CallStatus of the server SDK. */
export const vonage: Words = {
	outcomes: [
		['answered', 'answered', 'machine', 'human'],
		['ended', 'completed', 'disconnected'],
		['busy', 'busy'],
		['unanswered', 'unanswered', 'timeout'],
		['cancelled', 'cancelled'],
		['declined', 'rejected'],
		['noRoute', 'failed'],
	],
	running: ['started', 'ringing'],
};
