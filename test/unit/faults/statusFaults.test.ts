import { runEach } from './fault';
import { statusFaults } from './statusFaults';

runEach(statusFaults);
