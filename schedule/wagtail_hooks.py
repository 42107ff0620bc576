from wagtail_modeladmin.options import modeladmin_register

from .viewsets import JobAdmin

modeladmin_register(JobAdmin)
