import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { PHONE_CREDENTIAL } from '../common/phoneSystem';
import { CREDENTIAL } from '../common/requests';
import { executeItems } from './execution';
import * as listSearch from './lookups';
import { properties } from './operations';
import { LEAN_VERSION, VERSIONS } from './version';

const ONE_MAIN = [NodeConnectionTypes.Main];

/** A choice as the canvas shows it: `finishByReport` reads `finish by report`. */
function inWords(parameter: string): string {
	return `$parameter["${parameter}"].replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase())`;
}

/** The action node. What it can do stands in `operations/`. */
export class Bitrix24Telephony implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24 Telephony',
		name: 'bitrix24Telephony',
		icon: { light: 'file:telephony.svg', dark: 'file:telephony.dark.svg' },
		group: ['output'],
		version: VERSIONS,
		defaultVersion: LEAN_VERSION,
		subtitle: `={{ ${inWords('resource')} + ": " + ${inWords('operation')} }}`,
		description: 'Register, show and finish calls of any phone system (PBX) in Bitrix24',
		defaults: { name: 'Bitrix24 Telephony' },
		inputs: ONE_MAIN,
		outputs: ONE_MAIN,
		usableAsTool: true,
		credentials: [
			{ name: CREDENTIAL, required: true },
			{
				name: PHONE_CREDENTIAL,
				required: false,
				displayOptions: { show: { resource: ['call'], operation: ['finishByReport'] } },
			},
		],
		properties,
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeItems(this)];
	}
}
