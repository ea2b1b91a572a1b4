# Some types are judged by two persons: the second verdict points to the first.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('verification', '0002_checks_evidence_claims'),
    ]

    operations = [
        migrations.AddField(
            model_name='verdict',
            name='review_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='verdict',
            name='needs_second',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='verdict',
            name='confirms',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmed_by', to='verification.verdict'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('confirms__isnull', True), ('needs_second', False), _connector='OR'), name='verdict_first_or_second'),
        ),
    ]
