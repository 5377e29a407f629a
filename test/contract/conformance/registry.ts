import type { Chapter, Proof } from './bench';
import { allFacts, type Fact } from './facts';
import { proofOf } from './generic';
import { hideChapter, showChapter } from './proofs/cards';
import { commonChapter } from './proofs/common';
import { conflictsChapter } from './proofs/conflicts';
import { deliveryChapter } from './proofs/delivery';
import { bindChapter } from './proofs/bind';
import { eventGetChapter, eventsChapter, eventTestChapter, unbindChapter } from './proofs/events';
import { finishChapter } from './proofs/finish';
import { limitsChapter } from './proofs/limits';
import { lineAddChapter, lineDeleteChapter, lineGetChapter, lineUpdateChapter } from './proofs/lines';
import { oauthChapter } from './proofs/oauth';
import { offlineClearChapter, offlineErrorChapter, offlineListChapter } from './proofs/offline';
import { offlineGetChapter } from './proofs/offlineGet';
import { eventChapters } from './proofs/payloads';
import {
	callListChapter,
	currencyChapter,
	statusChapter,
	userCurrentChapter,
	userGetChapter,
	userSearchChapter,
} from './proofs/people';
import { attachRecordChapter, transcriptionChapter } from './proofs/records';
import { registerChapter } from './proofs/register';
import {
	adminChapter,
	appInfoChapter,
	batchChapter,
	featureChapter,
	methodGetChapter,
	profileChapter,
	scopeChapter,
	serverTimeChapter,
} from './proofs/system';
import { statisticChapter } from './proofs/statistic';
import { transportChapter } from './proofs/transport';
import {
	callbackChapter,
	infocallSoundChapter,
	infocallTextChapter,
	lineGetChapter as builtInLinesChapter,
	searchChapter,
	voicesChapter,
} from './proofs/voximplant';

/** How the facts of each subject are proven. */
const CHAPTERS: Readonly<Record<string, Chapter>> = {
	'telephony.externalCall.register': registerChapter,
	'telephony.externalCall.finish': finishChapter,
	'telephony.externalCall.show': showChapter,
	'telephony.externalCall.hide': hideChapter,
	'telephony.externalCall.attachRecord': attachRecordChapter,
	'telephony.call.attachTranscription': transcriptionChapter,
	'telephony.externalCall.searchCrmEntities': searchChapter,
	'telephony.externalLine.add': lineAddChapter,
	'telephony.externalLine.update': lineUpdateChapter,
	'telephony.externalLine.get': lineGetChapter,
	'telephony.externalLine.delete': lineDeleteChapter,
	'voximplant.callback.start': callbackChapter,
	'voximplant.infocall.startwithtext': infocallTextChapter,
	'voximplant.infocall.startwithsound': infocallSoundChapter,
	'voximplant.statistic.get': statisticChapter,
	'voximplant.tts.voices.get': voicesChapter,
	'voximplant.line.get': builtInLinesChapter,
	'event.bind': bindChapter,
	'event.unbind': unbindChapter,
	'event.get': eventGetChapter,
	events: eventsChapter,
	'event.test': eventTestChapter,
	'event.offline.get': offlineGetChapter,
	'event.offline.list': offlineListChapter,
	'event.offline.clear': offlineClearChapter,
	'event.offline.error': offlineErrorChapter,
	batch: batchChapter,
	'app.info': appInfoChapter,
	profile: profileChapter,
	scope: scopeChapter,
	'method.get': methodGetChapter,
	'server.time': serverTimeChapter,
	'feature.get': featureChapter,
	'user.admin': adminChapter,
	'user.get': userGetChapter,
	'user.search': userSearchChapter,
	'user.current': userCurrentChapter,
	'crm.status.list': statusChapter,
	'crm.currency.list': currencyChapter,
	'crm.calllist.list': callListChapter,
	...eventChapters,
	'Common errors': commonChapter,
	OAuth: oauthChapter,
	Transport: transportChapter,
	Limits: limitsChapter,
	'Event delivery': deliveryChapter,
	Conflicts: conflictsChapter,
};

/** Reason for methods that the sandbox does not have at all. */
const NOT_OFFERED = 'no node calls it, so it is not offered: answers 404 ERROR_METHOD_NOT_FOUND';

/** A fact with its proof, or with the reason why there is none, or with neither. */
export interface Case {
	fact: Fact;
	proof?: Proof;
	reason?: string;
}

/** Every fact of the contract and what is known about proving it. */
export function allCases(): Case[] {
	return allFacts().map((fact) => {
		const chapter = CHAPTERS[fact.subject];
		if (!chapter) return fact.method ? { fact, reason: NOT_OFFERED } : { fact };
		const reason = chapter.reasons?.[fact.id] ?? chapter.reasons?.['*'];
		if (reason !== undefined) return { fact, reason };
		const proof = proofOf(fact, chapter);
		return proof ? { fact, proof } : { fact };
	});
}

/** Methods of the contract that the sandbox does not have. */
export function methodsNotOffered(): string[] {
	return [
		...new Set(
			allFacts()
				.filter((fact) => fact.method && !CHAPTERS[fact.subject])
				.map((fact) => fact.subject),
		),
	];
}

/** Ids of proofs that no fact asks for; a misspelt one would prove nothing. */
export function strayProofs(): string[] {
	const known = new Set(allFacts().map((fact) => `${fact.subject} ${fact.id}`));
	return Object.entries(CHAPTERS).flatMap(([subject, chapter]) =>
		[...Object.keys(chapter.proofs), ...Object.keys(chapter.reasons ?? {})]
			.filter((id) => id !== '*' && !known.has(`${subject} ${id}`))
			.map((id) => `${subject} ${id}`),
	);
}
