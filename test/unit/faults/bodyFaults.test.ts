import { bodyFaults } from './bodyFaults';
import { runEach } from './fault';

runEach(bodyFaults);
