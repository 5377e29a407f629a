import type { Words } from './words';

/** `disposition` of NOTIFY_END and NOTIFY_OUT_END; status_code is a Q.850 cause. Not verified live. */
export const zadarma: Words = {
	outcomes: [
		['answered', 'answered'],
		['busy', 'busy'],
		['unanswered', 'no answer'],
		['cancelled', 'cancel'],
		['noRoute', 'failed', 'call failed'],
		['noSuchNumber', 'unallocated number'],
		['noFunds', 'no money', 'no limit', 'no day limit', 'line limit', 'no money, no limit'],
	],
};
