import type { IDataObject } from 'n8n-workflow';
import { byId, many } from './world';

/** One operation as the table of faults tries it. */
export interface FaultCase {
	resource: string;
	operation: string;
	parameters: IDataObject;
	/** What the operation acts on. */
	needs?: 'registered' | 'finished';
	/** The request that a fault strikes: what the operation is for. */
	request: string;
	/** The method that an error code strikes, where it travels with others. */
	method?: string;
	item?: IDataObject;
}

const callId = '={{ $json.callId }}';
const line = { __rl: true, mode: 'number', value: '+4940669690' } as IDataObject;
const builtIn = { __rl: true, mode: 'id', value: 'reg150907' } as IDataObject;
const voice = { __rl: true, mode: 'code', value: 'ukenglishfemale' } as IDataObject;
const phoneNumber = '+494066969441';
const speech = { fromLine: builtIn, phoneNumber, text: 'Hello', voice };
const ended = { duration: 7, outcomeFrom: 'list', outcome: 'ended', direction: 'incoming' };
const wav = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(2000, 1)]).toString('base64');
const transcript = '[{"side":"client","start":0,"text":"Hello"}]';
const call = (operation: string, parameters: IDataObject, more: Partial<FaultCase> = {}): FaultCase => ({
	resource: 'call',
	operation,
	parameters,
	request: `telephony.externalCall.${operation}`,
	...more,
});

/** Every operation of the action node, with parameters of its newest version. */
export const FAULT_CASES: readonly FaultCase[] = [
	call(
		'answeredBy',
		{ callId, employee: byId(3), employees: many(byId('2,3')) },
		{ needs: 'registered', request: 'batch', method: 'telephony.externalCall.show' },
	),
	call(
		'attachRecording',
		{ callId, recordingFrom: 'binary', binaryProperty: 'data' },
		{
			needs: 'finished',
			request: 'upload',
			item: { binary: { data: { data: wav, fileName: 'a.wav', mimeType: 'audio/wav' } } },
		},
	),
	call(
		'attachTranscript',
		{ callId, transcript },
		{ needs: 'finished', request: 'telephony.call.attachTranscription' },
	),
	call(
		'credit',
		{ callId, employee: byId(3), entities: 'none' },
		{ needs: 'finished', request: 'voximplant.statistic.get' },
	),
	call(
		'findRunning',
		{ employee: byId(2), phoneNumber, direction: 'outgoing' },
		{ request: 'batch', method: 'telephony.externalCall.register' },
	),
	call('finish', { callId, employee: byId(2), ...ended }, { needs: 'registered' }),
	call(
		'finishByReport',
		{ reportedCallId: callId },
		{
			needs: 'registered',
			request: 'telephony.externalCall.finish',
			item: { json: { SYSTEM: 'asterisk', EVENT: 'ended', USER_ID: 2, OUTCOME: 'answered', DURATION: 7 } },
		},
	),
	call(
		'finishParts',
		{ callId, partsFrom: 'list', talked: '[{"EXTENSION":"102","SECONDS":3},{"EXTENSION":"103","SECONDS":4}]' },
		{
			needs: 'registered',
			request: 'telephony.externalCall.finish',
		},
	),
	call('get', { callId, simplify: true }, { needs: 'finished', request: 'voximplant.statistic.get' }),
	call(
		'getMany',
		{ returnAll: true, sort: 'CALL_START_DATE DESC', simplify: true },
		{ request: 'voximplant.statistic.get' },
	),
	call('hide', { callId, employees: {} }, { needs: 'registered' }),
	call(
		'logCall',
		{
			employee: byId(2),
			phoneNumber,
			start: '2026-03-01T10:00:00Z',
			duration: 7,
			outcome: 'ended',
			direction: 'incoming',
			additionalFields: { externalCallId: 'a' },
		},
		{ request: 'batch', method: 'telephony.externalCall.finish' },
	),
	call('register', { employee: byId(2), phoneNumber, type: 2, externalCallId: 'a', show: true }),
	call('show', { callId, employees: {} }, { needs: 'registered' }),
	call(
		'transfer',
		{ callId, fromEmployee: byId(2), toEmployee: byId(3) },
		{ needs: 'registered', request: 'batch', method: 'telephony.externalCall.show' },
	),
	{ resource: 'client', operation: 'closeFollowUps', parameters: { phoneNumber }, request: 'crm.activity.list' },
	{
		resource: 'client',
		operation: 'createFollowUp',
		parameters: { callId: 'externalCall.a.1', phoneNumber, due: '2026-03-01T10:00:00Z', title: 'Call back' },
		request: 'crm.activity.todo.add',
	},
	{
		resource: 'client',
		operation: 'find',
		parameters: { phoneNumber },
		request: 'telephony.externalCall.searchCrmEntities',
	},
	{
		resource: 'client',
		operation: 'route',
		parameters: { phoneNumber, employees: {}, ringUnknown: true },
		request: 'telephony.externalCall.searchCrmEntities',
	},
	{
		resource: 'client',
		operation: 'setResponsible',
		request: 'crm.item.update',
		parameters: { employee: byId(4), findBy: 'client', clientType: 'CONTACT', clientId: 1 },
	},
	{ resource: 'employee', operation: 'find', parameters: { employee: byId(2) }, request: 'user.get' },
	{ resource: 'employee', operation: 'getMany', parameters: { returnAll: true }, request: 'user.get' },
	{
		resource: 'line',
		operation: 'add',
		parameters: { number: '+4911', name: 'Bonn', autoCreate: false },
		request: 'telephony.externalLine.add',
	},
	{ resource: 'line', operation: 'delete', parameters: { line }, request: 'telephony.externalLine.delete' },
	{ resource: 'line', operation: 'getMany', parameters: {}, request: 'telephony.externalLine.get' },
	{
		resource: 'line',
		operation: 'update',
		parameters: { line, updateFields: { name: 'Bonn' } },
		request: 'telephony.externalLine.update',
	},
	{ resource: 'autoCall', operation: 'callback', parameters: speech, request: 'voximplant.callback.start' },
	{ resource: 'autoCall', operation: 'getVoices', parameters: {}, request: 'voximplant.tts.voices.get' },
	{
		resource: 'autoCall',
		operation: 'soundCall',
		parameters: { fromLine: builtIn, phoneNumber, soundUrl: 'https://example.com/a.mp3' },
		request: 'voximplant.infocall.startwithsound',
	},
	{ resource: 'autoCall', operation: 'textCall', parameters: speech, request: 'voximplant.infocall.startwithtext' },
	{ resource: 'setup', operation: 'check', parameters: {}, request: '*' },
	{ resource: 'setup', operation: 'removeOrphans', parameters: {}, request: '*' },
];
