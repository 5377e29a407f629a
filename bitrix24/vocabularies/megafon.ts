import type { Words } from './words';

/** `status` of cmd=history of crmapi/v1, as two independent clients read it. Not verified live. */
export const megafon: Words = {
	outcomes: [
		['answered', 'success'],
		['unanswered', 'missed'],
		['cancelled', 'cancel'],
		['busy', 'busy'],
		['unavailable', 'notavailable'],
		['forbidden', 'notallowed'],
		['noSuchNumber', 'notfound'],
	],
	// COMPLETED and CANCELLED may be of one phone of a group only; how the call ended comes with cmd=history.
	running: ['INCOMING', 'OUTGOING', 'ACCEPTED', 'TRANSFERRED', 'COMPLETED', 'CANCELLED'],
};
